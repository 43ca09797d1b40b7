package io.meshwright.construct.security;

import imports.io.external_secrets.ClusterSecretStore;
import imports.io.external_secrets.ClusterSecretStoreSpecProvider;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Email;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Opens Google Secret Manager to ExternalSecrets of named namespaces: a ClusterSecretStore, and the service account
 * that reads it by workload identity of GKE, so that the cluster holds no key of it.
 */
public final class SecretManagerStore extends Construct {
    private final Props props;
    private final ClusterSecretStore store;

    private SecretManagerStore(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        // Cluster and location come from the metadata server of GKE's nodes (external-secrets.io, Google Secret
        // Manager).
        SecretReader.account(
                this,
                props.name(),
                props.operatorNamespace(),
                props.serviceAccount()
                        .map(account -> Map.of("iam.gke.io/gcp-service-account", account.toString()))
                        .orElse(Map.of()));
        this.store = SecretReader.store(
                this,
                props.name(),
                props.namespaces(),
                ClusterSecretStoreSpecProvider.builder().gcpsm(manager()).build());
    }

    /** Name of the store, for a certificate source. */
    public Name name() {
        return props.name();
    }

    /** The ClusterSecretStore, for what this construct cannot say. */
    public ApiObject resource() {
        return store;
    }

    private Map<String, Object> manager() {
        return new TreeMap<>(Map.of(
                "projectID",
                props.project(),
                "auth",
                Map.of(
                        "workloadIdentity",
                        Map.of("serviceAccountRef", SecretReader.reference(props.name(), props.operatorNamespace())))));
    }

    /**
     * All that a store needs.
     *
     * @param name of the store and its service account; default {@code secret-manager}
     * @param operatorNamespace where External Secrets runs; default {@code external-secrets}
     * @param project ID of the project that has the secrets
     * @param serviceAccount of Google, which may read them and which the cluster's may impersonate; empty: the
     *     cluster's own is the principal
     * @param namespaces the only ones whose ExternalSecrets may read it
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Defaulted Name operatorNamespace,
            @Required String project,
            Optional<Email> serviceAccount,
            @Required List<Name> namespaces) {
        Props {
            name = name == null ? Name.of("secret-manager") : name;
            operatorNamespace = operatorNamespace == null ? SecretReader.OPERATOR : operatorNamespace;
        }
    }

    /** Collects the parts of a {@link SecretManagerStore}. */
    public static final class Builder extends SecretManagerStoreSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public SecretManagerStore build() {
            return ConstructMaker.make(scope, id, () -> new SecretManagerStore(scope, id, props()));
        }
    }
}
