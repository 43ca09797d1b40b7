package io.meshwright.construct.security;

import imports.io.external_secrets.ClusterSecretStore;
import imports.io.external_secrets.ClusterSecretStoreSpecProvider;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderAzurekv;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderAzurekvAuthType;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderAzurekvServiceAccountRef;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import java.util.List;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Opens an Azure Key Vault to ExternalSecrets of named namespaces: a ClusterSecretStore, and the service account that
 * reads the vault by workload identity, so that the cluster holds no credential of it.
 */
public final class KeyVaultStore extends Construct {
    private static final String IDENTITY = "azure.workload.identity/";

    private final Props props;
    private final ClusterSecretStore store;

    private KeyVaultStore(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        TreeMap<String, String> identity = new TreeMap<>();
        identity.put(IDENTITY.concat("client-id"), props.clientId());
        identity.put(IDENTITY.concat("tenant-id"), props.tenant());
        SecretReader.account(this, props.name(), props.operatorNamespace(), identity);
        this.store = SecretReader.store(
                this,
                props.name(),
                props.namespaces(),
                ClusterSecretStoreSpecProvider.builder().azurekv(vault()).build());
    }

    /** Name of the store, for a certificate source. */
    public Name name() {
        return props.name();
    }

    /** The ClusterSecretStore, for what this construct cannot say. */
    public ApiObject resource() {
        return store;
    }

    private ClusterSecretStoreSpecProviderAzurekv vault() {
        return ClusterSecretStoreSpecProviderAzurekv.builder()
                .authType(ClusterSecretStoreSpecProviderAzurekvAuthType.WORKLOAD_IDENTITY)
                .vaultUrl(props.vault().toString())
                .tenantId(props.tenant())
                .serviceAccountRef(ClusterSecretStoreSpecProviderAzurekvServiceAccountRef.builder()
                        .name(props.name().toString())
                        .namespace(props.operatorNamespace().toString())
                        .build())
                .build();
    }

    /**
     * All that a store needs.
     *
     * @param name of the store and its service account; default {@code key-vault}
     * @param operatorNamespace where External Secrets runs; default {@code external-secrets}
     * @param vault address of the vault
     * @param tenant UUID of the Entra tenant
     * @param clientId UUID of the managed identity; its federated subject is
     *     {@code system:serviceaccount:NAMESPACE:NAME} of the operator's namespace and this store's name
     * @param namespaces the only ones whose ExternalSecrets may read the vault
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Defaulted Name operatorNamespace,
            @Required Url vault,
            @Required String tenant,
            @Required String clientId,
            @Required List<Name> namespaces) {
        private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

        Props {
            name = name == null ? Name.of("key-vault") : name;
            operatorNamespace = operatorNamespace == null ? SecretReader.OPERATOR : operatorNamespace;
            uuid("tenant", tenant);
            uuid("clientId", clientId);
        }

        private static void uuid(String key, String value) {
            Require.that(
                    value.matches(UUID),
                    key,
                    "%s is no UUID".formatted(Plain.quoted(value)),
                    "give it in lower case, such as 00000000-0000-0000-0000-000000000000");
        }
    }

    /** Collects the parts of a {@link KeyVaultStore}. */
    public static final class Builder extends KeyVaultStoreSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public KeyVaultStore build() {
            return ConstructMaker.make(scope, id, () -> new KeyVaultStore(scope, id, props()));
        }
    }
}
