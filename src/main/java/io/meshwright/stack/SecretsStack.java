package io.meshwright.stack;

import imports.io.external_secrets.ExternalSecret;
import imports.io.external_secrets.ExternalSecretSpec;
import imports.io.external_secrets.ExternalSecretSpecData;
import imports.io.external_secrets.ExternalSecretSpecDataRemoteRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRefKind;
import imports.io.external_secrets.ExternalSecretSpecTarget;
import imports.io.external_secrets.ExternalSecretSpecTargetCreationPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetTemplate;
import io.meshwright.construct.security.KeyVaultStore;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Secrets;
import io.meshwright.environment.Secrets.AzureKeyVault;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.Chart;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** The store of secret values and every Secret that is synced from it; values never pass through Git. */
final class SecretsStack extends Chart {
    static final String ID = "secrets";
    static final Name STORE = Name.of("key-vault");

    private static final String DOCKER_CONFIG = ".dockerconfigjson";
    private static final String DOCKER_CONFIG_TYPE = "kubernetes.io/dockerconfigjson";

    SecretsStack(Construct scope, Environment environment) {
        super(scope, ID);
        Secrets secrets = environment.secrets();
        store(environment, secrets.store());
        secrets.synced().forEach(this::synced);
    }

    private void store(Environment environment, Secrets.@Nullable Store store) {
        if (store instanceof AzureKeyVault vault) {
            KeyVaultStore.Builder.create(this, "store")
                    .name(STORE)
                    .vault(vault.vault())
                    .tenant(vault.tenant())
                    .clientId(vault.clientId())
                    .namespaces(readers(environment))
                    .build();
        }
    }

    /** The namespaces of the synced Secrets, and the gateway pods', where its certificates are synced to. */
    private static List<Name> readers(Environment environment) {
        var names = new TreeSet<Name>();
        names.add(Parties.ISTIO_SYSTEM);
        environment.secrets().synced().keySet().forEach(key -> names.add(Name.of(key.split("/")[0])));
        return List.copyOf(names);
    }

    private void synced(String secret, Map<String, String> keys) {
        String[] place = secret.split("/");
        ExternalSecret.Builder.create(this, secret.replace('/', '-'))
                .metadata(ApiObjectMetadata.builder()
                        .namespace(place[0])
                        .name(place[1])
                        .build())
                .spec(ExternalSecretSpec.builder()
                        .secretStoreRef(ExternalSecretSpecSecretStoreRef.builder()
                                .kind(ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE)
                                .name(STORE.toString())
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
                .remoteRef(
                        ExternalSecretSpecDataRemoteRef.builder().key(remoteKey).build())
                .build();
    }
}
