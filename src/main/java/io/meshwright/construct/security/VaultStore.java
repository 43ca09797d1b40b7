package io.meshwright.construct.security;

import imports.io.external_secrets.ClusterSecretStore;
import imports.io.external_secrets.ClusterSecretStoreSpecProvider;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVault;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVaultAuth;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVaultAuthKubernetes;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVaultAuthKubernetesServiceAccountRef;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVaultCaProvider;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVaultCaProviderType;
import imports.io.external_secrets.ClusterSecretStoreSpecProviderVaultVersion;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Opens an engine of keys and values of Vault to ExternalSecrets of named namespaces: a ClusterSecretStore, and the
 * service account whose tokens Vault's auth method {@code kubernetes} takes, so that the cluster holds no token of it.
 */
public final class VaultStore extends Construct {
    private final Props props;
    private final ClusterSecretStore store;

    private VaultStore(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        SecretReader.account(this, props.name(), props.operatorNamespace(), Map.of());
        this.store = SecretReader.store(
                this,
                props.name(),
                props.namespaces(),
                ClusterSecretStoreSpecProvider.builder().vault(vault()).build());
        props.pods().ifPresent(this::admit);
    }

    /** The operator's own pods alone call stores; its webhook and its keeper of certificates do not. */
    private void admit(Party vault) {
        Party operator = Party.outsideMesh(
                Name.of("external-secrets"),
                props.operatorNamespace(),
                Map.of("app.kubernetes.io/name", "external-secrets"));
        new NetworkPolicies(this)
                .ingress(
                        "callers",
                        "external-secrets-to-%s".formatted(vault.name()),
                        vault,
                        List.of(NetworkRules.from(List.of(operator), vault.ports())));
    }

    /** Name of the store, for a certificate source. */
    public Name name() {
        return props.name();
    }

    /** The ClusterSecretStore, for what this construct cannot say. */
    public ApiObject resource() {
        return store;
    }

    private ClusterSecretStoreSpecProviderVault vault() {
        ClusterSecretStoreSpecProviderVault.Builder vault = ClusterSecretStoreSpecProviderVault.builder()
                .server(props.server().toString())
                .path(props.path())
                .version(
                        props.firstVersion()
                                ? ClusterSecretStoreSpecProviderVaultVersion.V1
                                : ClusterSecretStoreSpecProviderVaultVersion.V2)
                .auth(ClusterSecretStoreSpecProviderVaultAuth.builder()
                        .kubernetes(kubernetes())
                        .build());
        props.namespace().ifPresent(vault::namespace);
        props.authority().ifPresent(authority -> vault.caProvider(authority(authority)));
        return vault.build();
    }

    private ClusterSecretStoreSpecProviderVaultAuthKubernetes kubernetes() {
        return ClusterSecretStoreSpecProviderVaultAuthKubernetes.builder()
                .mountPath(props.mountPath())
                .role(props.role())
                .serviceAccountRef(ClusterSecretStoreSpecProviderVaultAuthKubernetesServiceAccountRef.builder()
                        .name(props.name().toString())
                        .namespace(props.operatorNamespace().toString())
                        .build())
                .build();
    }

    private ClusterSecretStoreSpecProviderVaultCaProvider authority(SecretRef authority) {
        return ClusterSecretStoreSpecProviderVaultCaProvider.builder()
                .type(ClusterSecretStoreSpecProviderVaultCaProviderType.SECRET)
                .name(authority.name())
                .key(authority.key().orElseThrow())
                .namespace(props.operatorNamespace().toString())
                .build();
    }

    /**
     * All that a store needs.
     *
     * @param name of the store and its service account; default {@code vault}
     * @param operatorNamespace where External Secrets runs; default {@code external-secrets}
     * @param server address of Vault
     * @param path at which the engine is mounted; default {@code secret}
     * @param firstVersion true for an engine of version 1, which keeps no older values; default false
     * @param mountPath of the auth method; default {@code kubernetes}
     * @param role of that method, bound to the service account of this name in the operator's namespace
     * @param authority Secret and key of the CA that signed the server's certificate; empty: one that all trust
     * @param namespace of Vault Enterprise
     * @param pods of Vault where they are in this cluster and their namespace is guarded: the operator is let in to
     *     them
     * @param namespaces the only ones whose ExternalSecrets may read it
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Defaulted Name operatorNamespace,
            @Required Url server,
            @Defaulted String path,
            @Defaulted Boolean firstVersion,
            @Defaulted String mountPath,
            @Required String role,
            Optional<SecretRef> authority,
            Optional<String> namespace,
            Optional<Party> pods,
            @Required List<Name> namespaces) {
        Props {
            name = name == null ? Name.of("vault") : name;
            path = path == null ? "secret" : path;
            firstVersion = firstVersion != null && firstVersion;
            mountPath = mountPath == null ? "kubernetes" : mountPath;
            authority.ifPresent(secret -> secret.keyed("authority"));
            operatorNamespace = operatorNamespace == null ? SecretReader.OPERATOR : operatorNamespace;
        }
    }

    /** Collects the parts of a {@link VaultStore}. */
    public static final class Builder extends VaultStoreSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public VaultStore build() {
            return ConstructMaker.make(scope, id, () -> new VaultStore(scope, id, props()));
        }
    }
}
