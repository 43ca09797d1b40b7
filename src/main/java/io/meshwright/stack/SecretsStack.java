package io.meshwright.stack;

import imports.io.external_secrets.ExternalSecret;
import imports.io.external_secrets.ExternalSecretSpec;
import imports.io.external_secrets.ExternalSecretSpecData;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRefKind;
import imports.io.external_secrets.ExternalSecretSpecTarget;
import imports.io.external_secrets.ExternalSecretSpecTargetCreationPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetTemplate;
import io.meshwright.construct.security.KeyVaultStore;
import io.meshwright.construct.security.RemoteKey;
import io.meshwright.construct.security.SecretManagerStore;
import io.meshwright.construct.security.SecretsManagerStore;
import io.meshwright.construct.security.VaultStore;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.SecretStore;
import io.meshwright.environment.SecretStore.AwsSecretsManager;
import io.meshwright.environment.SecretStore.AzureKeyVault;
import io.meshwright.environment.SecretStore.GoogleSecretManager;
import io.meshwright.environment.SecretStore.Vault;
import io.meshwright.value.Name;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The store of secret values and every Secret that is synced from it; values never pass through Git. */
final class SecretsStack extends Chart {
    static final String ID = "secrets";

    private static final String STORE = "store";
    private static final String DOCKER_CONFIG = ".dockerconfigjson";
    private static final String DOCKER_CONFIG_TYPE = "kubernetes.io/dockerconfigjson";

    SecretsStack(Construct scope, Environment environment) {
        super(scope, ID);
        SecretStore store = declared(environment);
        store(environment, store);
        environment.secrets().synced().forEach((secret, keys) -> synced(store.name(), secret, keys));
    }

    /** Name of the ClusterSecretStore of an environment that has one. */
    static Name store(Environment environment) {
        return declared(environment).name();
    }

    private static SecretStore declared(Environment environment) {
        return Objects.requireNonNull(environment.secrets().store(), "agreements want a store");
    }

    private void store(Environment environment, SecretStore store) {
        List<Name> readers = readers(environment);
        if (store instanceof AzureKeyVault vault) {
            KeyVaultStore.Builder.create(this, STORE)
                    .name(vault.name())
                    .vault(vault.vault())
                    .tenant(vault.tenant())
                    .clientId(vault.clientId())
                    .namespaces(readers)
                    .build();
        } else if (store instanceof AwsSecretsManager manager) {
            SecretsManagerStore.Builder.create(this, STORE)
                    .name(manager.name())
                    .region(manager.region())
                    .role(manager.role())
                    .namespaces(readers)
                    .build();
        } else if (store instanceof GoogleSecretManager manager) {
            SecretManagerStore.Builder.create(this, STORE)
                    .name(manager.name())
                    .project(manager.projectID())
                    .serviceAccount(manager.serviceAccount())
                    .namespaces(readers)
                    .build();
        } else if (store instanceof Vault vault) {
            VaultStore.Builder.create(this, STORE)
                    .name(vault.name())
                    .server(vault.server())
                    .path(vault.path())
                    .firstVersion(vault.version() == Vault.Version.V1)
                    .mountPath(vault.mountPath())
                    .role(vault.role())
                    .authority(vault.caSecret())
                    .namespace(vault.namespace())
                    .pods(pods(environment, vault).orElse(null))
                    .namespaces(readers)
                    .build();
        }
    }

    /** Vault's pods, where a namespace of this file keeps callers away from them. */
    private static Optional<Party> pods(Environment environment, Vault vault) {
        return vault.place()
                .filter(place -> environment.namespaces().containsKey(place.namespace())
                        && environment.istio().authorization() == Enforcement.ENFORCE)
                .map(place -> pods(environment, place, vault));
    }

    private static Party pods(Environment environment, Vault.Place place, Vault vault) {
        return Optional.ofNullable(new Parties(environment).services().get(place.name()))
                .filter(service -> service.namespace().equals(place.namespace()))
                .orElseGet(() -> Party.outsideMesh(
                        place.name(),
                        place.namespace(),
                        Map.of(),
                        TargetPort.tcp(vault.server().port())));
    }

    /** The namespaces of the synced Secrets, and the gateway pods', where its certificates are synced to. */
    private static List<Name> readers(Environment environment) {
        var names = new TreeSet<Name>();
        names.add(Parties.ISTIO_SYSTEM);
        environment.secrets().synced().keySet().forEach(key -> names.add(Name.of(key.split("/")[0])));
        return List.copyOf(names);
    }

    private void synced(Name store, String secret, Map<String, String> keys) {
        String[] place = secret.split("/");
        ExternalSecret.Builder.create(this, secret.replace('/', '.'))
                .metadata(ApiObjectMetadata.builder()
                        .namespace(place[0])
                        .name(place[1])
                        .build())
                .spec(ExternalSecretSpec.builder()
                        .secretStoreRef(ExternalSecretSpecSecretStoreRef.builder()
                                .kind(ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE)
                                .name(store.toString())
                                .build())
                        .refreshInterval("1h0m0s")
                        .target(target(place[1], keys.keySet()))
                        .data(new TreeMap<>(keys)
                                .entrySet().stream()
                                        .map(entry -> data(entry.getKey(), entry.getValue()))
                                        .toList())
                        .build())
                .build();
    }

    private static ExternalSecretSpecTarget target(String name, Set<String> keys) {
        ExternalSecretSpecTarget.Builder target = ExternalSecretSpecTarget.builder()
                .name(name)
                .creationPolicy(ExternalSecretSpecTargetCreationPolicy.OWNER);
        // The kubelet takes registries' credentials from Secrets of this type only [kubernetes.io, Images,
        // imagePullSecrets].
        return (keys.contains(DOCKER_CONFIG)
                        ? target.template(ExternalSecretSpecTargetTemplate.builder()
                                .type(DOCKER_CONFIG_TYPE)
                                .build())
                        : target)
                .build();
    }

    private static ExternalSecretSpecData data(String key, String remoteKey) {
        return ExternalSecretSpecData.builder()
                .secretKey(key)
                .remoteRef(RemoteKey.of(remoteKey))
                .build();
    }
}
