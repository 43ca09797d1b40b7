package io.meshwright.construct.security;

import imports.io.external_secrets.ClusterSecretStore;
import imports.io.external_secrets.ClusterSecretStoreSpec;
import imports.io.external_secrets.ClusterSecretStoreSpecConditions;
import imports.io.external_secrets.ClusterSecretStoreSpecProvider;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/** The parts that stores of every kind have in common: a reader, and the namespaces that may read. */
final class SecretReader {
    /** The namespace of External Secrets, unless somebody says otherwise. */
    static final Name OPERATOR = Name.of("external-secrets");

    private SecretReader() {}

    /** The service account, for providers of which no types are imported. */
    static Map<String, String> reference(Name name, Name namespace) {
        return new TreeMap<>(Map.of("name", name.toString(), "namespace", namespace.toString()));
    }

    /** A service account whose tokens the store asks for; annotations say who it is elsewhere. */
    static void account(Construct scope, Name name, Name namespace, Map<String, String> identity) {
        KubernetesObject.of(
                scope,
                "reader",
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name.toString())
                        .withNamespace(namespace.toString())
                        .withAnnotations(identity.isEmpty() ? null : new TreeMap<>(identity))
                        .endMetadata()
                        .withAutomountServiceAccountToken(false)
                        .build());
    }

    /** The store, for ExternalSecrets of these namespaces only. */
    static ClusterSecretStore store(
            Construct scope, Name name, List<Name> namespaces, ClusterSecretStoreSpecProvider provider) {
        return ClusterSecretStore.Builder.create(scope, "Resource")
                .metadata(Notes.none().ofCluster(name.toString()))
                .spec(ClusterSecretStoreSpec.builder()
                        .conditions(List.of(ClusterSecretStoreSpecConditions.builder()
                                .namespaces(namespaces.stream()
                                        .map(Name::toString)
                                        .sorted()
                                        .toList())
                                .build()))
                        .provider(provider)
                        .build())
                .build();
    }
}
