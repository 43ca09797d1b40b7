package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Email;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A store of secret values. */
@Doc("A store of secret values.")
public sealed interface SecretStore
        permits SecretStore.AzureKeyVault,
                SecretStore.AwsSecretsManager,
                SecretStore.GoogleSecretManager,
                SecretStore.Vault {
    /** Name of the ClusterSecretStore, and of the service account by which it is read. */
    Name name();

    /** Azure Key Vault, read with workload identity. */
    @Word("azureKeyVault")
    @Doc("Azure Key Vault, read with workload identity.")
    record AzureKeyVault(
            @Required @Doc("Address of the vault, for example https://name.vault.azure.net.")
            Url vault,

            @Required @Doc("Microsoft Entra tenant of that identity, a UUID.")
            String tenant,

            @Required @Doc("Client of the managed identity that may read it, a UUID.")
            String clientId)
            implements SecretStore {
        public AzureKeyVault {
            Require.present("vault", vault);
            Require.notBlank("tenant", tenant);
            Require.notBlank("clientId", clientId);
        }

        @Override
        public Name name() {
            return Name.of("key-vault");
        }
    }

    /** AWS Secrets Manager, read with a role and no key. */
    @Word("awsSecretsManager")
    @Doc("AWS Secrets Manager, read with a role of IAM.")
    record AwsSecretsManager(
            @Required
            @Doc("Region of the secrets, such as eu-central-1.")
            @Sample("eu-central-1")
            @Matches(regex = "[a-z]{2}(-[a-z]+)+-[0-9]{1,2}", says = "a region such as eu-central-1")
            String region,

            @Nullable
            @Doc(
                    "Role that may read them, by IRSA for the service account secrets-manager; default: the role that a Pod"
                            + " Identity association gives external-secrets/external-secrets.")
            @Sample("arn:aws:iam::111122223333:role/secrets")
            @Matches(
                    regex = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[-+=,.@_/A-Za-z0-9]{1,512}",
                    says = "a role's ARN such as arn:aws:iam::111122223333:role/secrets")
            String role)
            implements SecretStore {
        public AwsSecretsManager {
            Require.present("region", region);
        }

        @Override
        public Name name() {
            return Name.of("secrets-manager");
        }
    }

    /** Google Secret Manager, read with workload identity. */
    @Word("googleSecretManager")
    @Doc("Google Secret Manager, read with workload identity of GKE.")
    record GoogleSecretManager(
            @Required
            @Doc("ID of the project that has the secrets.")
            @Sample("shop-prod")
            @Matches(regex = "[a-z][-a-z0-9]{4,28}[a-z0-9]", says = "a project's ID such as shop-prod")
            String projectID,

            @Nullable
            @Doc("Google service account that may read them; default: the service account secret-manager of the cluster"
                    + " itself, as a principal of IAM.")
            @Sample("secrets@shop-prod.iam.gserviceaccount.com")
            Email serviceAccount)
            implements SecretStore {
        public GoogleSecretManager {
            Require.present("projectID", projectID);
            Require.that(
                    serviceAccount == null || serviceAccount.toString().endsWith(".gserviceaccount.com"),
                    "serviceAccount",
                    "\"%s\" is no service account of Google".formatted(serviceAccount),
                    "give NAME@PROJECT.iam.gserviceaccount.com");
        }

        @Override
        public Name name() {
            return Name.of("secret-manager");
        }
    }

    /** HashiCorp Vault or OpenBao: a secrets engine of keys and values, read by Kubernetes' own tokens. */
    @Word("vault")
    @Doc("HashiCorp Vault or OpenBao: an engine of keys and values, read with tokens of a service account.")
    record Vault(
            @Required
            @Doc("Address, such as https://vault.example.org:8200; in the cluster https://NAME.NAMESPACE.svc:8200.")
            @Sample("https://vault.example.org:8200")
            Url server,

            @Defaulted
            @Doc("Path at which the engine is mounted; default secret.")
            @Matches(regex = "[^\\s/#][^\\s#]{0,254}", says = "a path without a leading slash, such as secret")
            String path,

            @Defaulted @Doc("v1 or v2 of the engine; default v2.")
            Version version,

            @Defaulted
            @Doc("Path of the auth method kubernetes; default kubernetes.")
            @Matches(regex = "[^\\s/#][^\\s#]{0,254}", says = "a path without a leading slash, such as kubernetes")
            String mountPath,

            @Required @Doc("Role of that method, bound to the service account external-secrets/vault.") @Sample("shop")
            String role,

            @Nullable
            @Doc(
                    "CA that signed the server's certificate, as secret/key in the namespace external-secrets; default: those"
                            + " that the internet trusts.")
            SecretRef caSecret,

            @Nullable @Doc("Namespace of Vault Enterprise.") @Sample("shop")
            String namespace)
            implements SecretStore {
        private static final Pattern OF_CLUSTER =
                Pattern.compile("([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc(\\.cluster\\.local)?");

        public Vault {
            Require.that(
                    Require.present("server", server).isHttps(),
                    "server",
                    "\"%s\" would send tokens and secrets in plain text".formatted(server),
                    "give it a certificate and write https, with caSecret where its CA is your own");
            path = path == null ? "secret" : path;
            version = version == null ? Version.V2 : version;
            mountPath = mountPath == null ? "kubernetes" : mountPath;
            Require.notBlank("role", role);
            if (caSecret != null) {
                caSecret.keyed("caSecret");
            }
            Require.that(namespace == null || !namespace.isBlank(), "namespace", "is empty", "name one, or remove it");
        }

        @Override
        public Name name() {
            return Name.of("vault");
        }

        /** The Service of this cluster behind which it stands; empty where it is elsewhere. */
        public Optional<Place> place() {
            Matcher matcher = OF_CLUSTER.matcher(server.host());
            return matcher.matches()
                    ? Optional.of(new Place(Name.of(matcher.group(1)), Name.of(matcher.group(2))))
                    : Optional.empty();
        }

        /** Version of the engine of keys and values. */
        public enum Version {
            @Word("v1")
            V1,
            @Word("v2")
            V2
        }

        /**
         * A Service of the cluster.
         *
         * @param name of the Service
         * @param namespace where it is
         */
        public record Place(Name name, Name namespace) {}
    }
}
