package io.meshwright.value.security;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Email;
import io.meshwright.value.Matches;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Word;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whoever serves the zones in which cert-manager proves by records that names are ours. */
@Doc("Who serves the zones in which records prove that names are ours.")
public sealed interface DnsProvider permits DnsProvider.Route53, DnsProvider.CloudDns, DnsProvider.AzureDns {
    /** The form of Azure's identifiers. */
    String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Annotations of cert-manager's service account, by which the provider knows it. */
    default Map<String, String> identity() {
        return Map.of();
    }

    /** Labels of cert-manager's pods, by which a webhook of the provider gives them tokens. */
    default Map<String, String> labels() {
        return Map.of();
    }

    /** Amazon Route 53. */
    @Word("route53")
    @Doc("Amazon Route 53.")
    record Route53(
            @Nullable
            @Doc("Region of the API; default: that of the cluster's nodes.")
            @Sample("eu-central-1")
            @Matches(regex = "[a-z]{2}(-[a-z]+)+-[0-9]{1,2}", says = "a region such as eu-central-1")
            String region,

            @Nullable
            @Doc("The one zone that is changed; default: found by its name.")
            @Sample("Z0123456789ABCDEFGHIJ")
            @Matches(regex = "[A-Z0-9]{1,32}", says = "a hosted zone's ID such as Z0123456789ABCDEFGHIJ")
            String hostedZoneID,

            @Nullable
            @Doc(
                    "Role that may change the zones, by IRSA for cert-manager's service account; default: a key, or the role"
                            + " that Pod Identity gives cert-manager/cert-manager.")
            @Sample("arn:aws:iam::111122223333:role/dns")
            @Matches(
                    regex = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[-+=,.@_/A-Za-z0-9]{1,512}",
                    says = "a role's ARN such as arn:aws:iam::111122223333:role/dns")
            String role,

            @Nullable @Doc("ID of a user's key, as secret/key in the cert-manager namespace.")
            SecretRef accessKeyID,

            @Nullable @Doc("That key, as secret/key in the cert-manager namespace.")
            SecretRef secretAccessKey)
            implements DnsProvider {
        public Route53 {
            boolean key = accessKeyID != null || secretAccessKey != null;
            Require.that(
                    !key || role == null,
                    "role",
                    "\"%s\" needs no key".formatted(role),
                    "remove accessKeyID and secretAccessKey, or role");
            if (key) {
                Require.present("accessKeyID", accessKeyID).keyed("accessKeyID");
                Require.present("secretAccessKey", secretAccessKey).keyed("secretAccessKey");
            }
        }

        @Override
        public Map<String, String> identity() {
            return role == null ? Map.of() : Map.of("eks.amazonaws.com/role-arn", role);
        }
    }

    /** Google Cloud DNS. */
    @Word("cloudDNS")
    @Doc("Google Cloud DNS.")
    record CloudDns(
            @Required
            @Doc("ID of the project that has the zones.")
            @Sample("shop-prod")
            @Matches(regex = "[a-z][-a-z0-9]{4,28}[a-z0-9]", says = "a project's ID such as shop-prod")
            String project,

            @Nullable
            @Doc("The one zone that is changed; default: found by its name.")
            @Sample("example-org")
            @Matches(regex = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?", says = "a managed zone's name such as example-org")
            String hostedZoneName,

            @Nullable
            @Doc(
                    "Google service account that may change the zones, by workload identity; default: a key, or cert-manager's"
                            + " own account as a principal of IAM.")
            @Sample("dns@shop-prod.iam.gserviceaccount.com")
            Email serviceAccount,

            @Nullable @Doc("Key of a service account, as secret/key in the cert-manager namespace.")
            SecretRef serviceAccountKey)
            implements DnsProvider {
        public CloudDns {
            Require.present("project", project);
            Require.that(
                    serviceAccount == null || serviceAccountKey == null,
                    "serviceAccountKey",
                    "%s needs no key".formatted(Plain.quoted(String.valueOf(serviceAccount))),
                    "remove it, or serviceAccount");
            if (serviceAccountKey != null) {
                serviceAccountKey.keyed("serviceAccountKey");
            }
        }

        @Override
        public Map<String, String> identity() {
            return serviceAccount == null
                    ? Map.of()
                    : Map.of("iam.gke.io/gcp-service-account", serviceAccount.toString());
        }
    }

    /** Azure DNS. */
    @Word("azureDNS")
    @Doc("Azure DNS.")
    record AzureDns(
            @Required
            @Doc("Subscription of the zones, a UUID.")
            @Sample("00000000-0000-0000-0000-000000000000")
            @Matches(regex = UUID, says = "a UUID in lower case")
            String subscriptionID,

            @Required @Doc("Resource group of the zones.") @Sample("dns")
            String resourceGroupName,

            @Nullable @Doc("The one zone that is changed; default: found by its name.") @Sample("example.org")
            String hostedZoneName,

            @Defaulted @Doc("Azure's cloud; default AzurePublicCloud.")
            Cloud environment,

            @Required
            @Doc(
                    "Client of the managed identity that may change the zones, by workload identity; with clientSecret that of"
                            + " an application. A UUID.")
            @Sample("00000000-0000-0000-0000-000000000000")
            @Matches(regex = UUID, says = "a UUID in lower case")
            String clientID,

            @Nullable
            @Doc("Tenant of that application, a UUID.")
            @Sample("00000000-0000-0000-0000-000000000000")
            @Matches(regex = UUID, says = "a UUID in lower case")
            String tenantID,

            @Nullable @Doc("Secret of that application, as secret/key in the cert-manager namespace.")
            SecretRef clientSecret)
            implements DnsProvider {
        public AzureDns {
            Require.present("subscriptionID", subscriptionID);
            Require.notBlank("resourceGroupName", resourceGroupName);
            environment = environment == null ? Cloud.PUBLIC : environment;
            Require.present("clientID", clientID);
            if (clientSecret != null) {
                clientSecret.keyed("clientSecret");
                Require.present("tenantID", tenantID);
            }
            Require.that(
                    tenantID == null || clientSecret != null,
                    "tenantID",
                    "a managed identity has its own",
                    "remove it, or give clientSecret");
        }

        /** True if no secret is kept, because the cluster's own tokens are exchanged. */
        public boolean isManaged() {
            return clientSecret == null;
        }

        @Override
        public Map<String, String> labels() {
            return isManaged() ? Map.of("azure.workload.identity/use", "true") : Map.of();
        }

        /** Azure's clouds, as cert-manager calls them. */
        public enum Cloud {
            @Word("AzurePublicCloud")
            PUBLIC,
            @Word("AzureChinaCloud")
            CHINA,
            @Word("AzureUSGovernmentCloud")
            US_GOVERNMENT
        }
    }
}
