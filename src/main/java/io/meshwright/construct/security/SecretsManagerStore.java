package io.meshwright.construct.security;

import imports.io.external_secrets.ClusterSecretStore;
import imports.io.external_secrets.ClusterSecretStoreSpecProvider;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Opens AWS Secrets Manager to ExternalSecrets of named namespaces: a ClusterSecretStore, and the service account that
 * takes a role by IRSA. Without a role the operator's own pods read it, by an association of EKS Pod Identity
 * (external-secrets.io, AWS Access, "Controller's Pod Identity").
 */
public final class SecretsManagerStore extends Construct {
    private final Props props;
    private final ClusterSecretStore store;

    private SecretsManagerStore(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        props.role()
                .ifPresent(role -> SecretReader.account(
                        this, props.name(), props.operatorNamespace(), Map.of("eks.amazonaws.com/role-arn", role)));
        this.store = SecretReader.store(
                this,
                props.name(),
                props.namespaces(),
                ClusterSecretStoreSpecProvider.builder().aws(manager()).build());
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
        Map<String, Object> manager = new TreeMap<>(Map.of("service", "SecretsManager", "region", props.region()));
        if (props.role().isPresent()) {
            manager.put(
                    "auth",
                    Map.of(
                            "jwt",
                            Map.of(
                                    "serviceAccountRef",
                                    SecretReader.reference(props.name(), props.operatorNamespace()))));
        }
        return manager;
    }

    /**
     * All that a store needs.
     *
     * @param name of the store and its service account; default {@code secrets-manager}
     * @param operatorNamespace where External Secrets runs; default {@code external-secrets}
     * @param region of the secrets, such as {@code eu-central-1}
     * @param role ARN of the role that may read them; empty: what Pod Identity gives the operator's pods
     * @param namespaces the only ones whose ExternalSecrets may read it
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Defaulted Name operatorNamespace,
            @Required String region,
            Optional<String> role,
            @Required List<Name> namespaces) {
        Props {
            name = name == null ? Name.of("secrets-manager") : name;
            operatorNamespace = operatorNamespace == null ? SecretReader.OPERATOR : operatorNamespace;
        }
    }

    /** Collects the parts of a {@link SecretsManagerStore}. */
    public static final class Builder extends SecretsManagerStoreSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public SecretsManagerStore build() {
            return ConstructMaker.make(scope, id, () -> new SecretsManagerStore(scope, id, props()));
        }
    }
}
