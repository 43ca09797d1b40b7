package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.Matches;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The identity that pods have towards the cloud: their service account's token is exchanged for one of the cloud. */
@Doc("The identity that the pods have towards the cloud, without a key.")
public sealed interface WorkloadIdentity
        permits WorkloadIdentity.Aws, WorkloadIdentity.Google, WorkloadIdentity.AzureClient {
    /** The form of Azure's identifiers. */
    String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Annotations of the service account, by which the cloud knows it. */
    Map<String, String> annotations();

    /** Labels of the pods, by which a webhook of the cloud gives them tokens. */
    default Map<String, String> podLabels() {
        return Map.of();
    }

    /** True if applications exchange tokens at this host themselves. */
    boolean isExchangedAt(Host host);

    /** The host at which applications exchange tokens, for sentences; empty where a server of the nodes does. */
    String exchange();

    /** A role of IAM, by IRSA. */
    @Word("aws")
    @Doc("A role of AWS, by IRSA.")
    record Aws(
            @Required
            @Doc("Role that trusts the pods' service account.")
            @Sample("arn:aws:iam::111122223333:role/web")
            @Matches(
                    regex = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[-+=,.@_/A-Za-z0-9]{1,512}",
                    says = "a role's ARN such as arn:aws:iam::111122223333:role/web")
            String role)
            implements WorkloadIdentity {
        public Aws {
            Require.present("role", role);
        }

        @Override
        public Map<String, String> annotations() {
            return Map.of("eks.amazonaws.com/role-arn", role);
        }

        @Override
        public boolean isExchangedAt(Host host) {
            return host.toString().matches("sts\\.([a-z0-9-]+\\.)?(amazonaws\\.com(\\.cn)?|api\\.aws)");
        }

        @Override
        public String exchange() {
            return "sts.REGION.amazonaws.com";
        }
    }

    /** A service account of Google, by workload identity federation of GKE. */
    @Word("google")
    @Doc("A service account of Google, by workload identity federation of GKE.")
    record Google(
            @Required
            @Doc("Google service account that the pods' own may impersonate.")
            @Sample("web@shop-prod.iam.gserviceaccount.com")
            Email serviceAccount)
            implements WorkloadIdentity {
        public Google {
            Require.present("serviceAccount", serviceAccount);
            Require.that(
                    serviceAccount.toString().endsWith(".gserviceaccount.com"),
                    "serviceAccount",
                    "\"%s\" is no service account of Google".formatted(serviceAccount),
                    "give NAME@PROJECT.iam.gserviceaccount.com");
        }

        @Override
        public Map<String, String> annotations() {
            return Map.of("iam.gke.io/gcp-service-account", serviceAccount.toString());
        }

        @Override
        public boolean isExchangedAt(Host host) {
            return false;
        }

        @Override
        public String exchange() {
            return "";
        }
    }

    /** A managed identity or application of Microsoft Entra, by Azure's workload identity. */
    @Word("azure")
    @Doc("A managed identity of Azure, by its workload identity.")
    record AzureClient(
            @Required
            @Doc("Client of the managed identity, a UUID.")
            @Sample("00000000-0000-0000-0000-000000000000")
            @Matches(regex = UUID, says = "a UUID in lower case")
            String clientID,

            @Nullable
            @Doc("Tenant of it, a UUID; default: the cluster's.")
            @Sample("00000000-0000-0000-0000-000000000000")
            @Matches(regex = UUID, says = "a UUID in lower case")
            String tenantID)
            implements WorkloadIdentity {
        private static final String PREFIX = "azure.workload.identity/";

        public AzureClient {
            Require.present("clientID", clientID);
        }

        @Override
        public Map<String, String> annotations() {
            Map<String, String> annotations = new TreeMap<>();
            annotations.put(PREFIX.concat("client-id"), clientID);
            if (tenantID != null) {
                annotations.put(PREFIX.concat("tenant-id"), tenantID);
            }
            return annotations;
        }

        @Override
        public Map<String, String> podLabels() {
            return Map.of(PREFIX.concat("use"), "true");
        }

        @Override
        public boolean isExchangedAt(Host host) {
            return host.toString()
                    .matches("login\\.(microsoftonline\\.(com|us)|(partner\\.microsoftonline|chinacloudapi)\\.cn)");
        }

        @Override
        public String exchange() {
            return "login.microsoftonline.com";
        }
    }
}
