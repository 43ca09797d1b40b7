package io.meshwright.plan.security;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rights of accounts at the API server: each verb on each resource that a bound role gives. */
final class Rights {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final Kind ROLE = new Kind(GROUP, "Role");
    private static final Kind CLUSTER_ROLE = new Kind(GROUP, "ClusterRole");
    private static final Kind ROLE_BINDING = new Kind(GROUP, "RoleBinding");
    private static final Kind CLUSTER_ROLE_BINDING = new Kind(GROUP, "ClusterRoleBinding");

    private Rights() {}

    static Facts of(Manifests manifests) {
        Facts facts = new Facts();
        manifests.kind(ROLE_BINDING).forEach(binding -> bound(manifests, binding, binding.home(), facts));
        manifests.kind(CLUSTER_ROLE_BINDING).forEach(binding -> bound(manifests, binding, "", facts));
        return facts;
    }

    private static void bound(Manifests manifests, Manifest binding, String namespace, Facts facts) {
        Optional<Manifest> role = binding.at("/roleRef/kind").asText().equals("Role")
                ? manifests.find(
                        ROLE, binding.home(), binding.at("/roleRef/name").asText())
                : manifests.find(CLUSTER_ROLE, binding.at("/roleRef/name").asText());
        String where = namespace.isEmpty() ? "everywhere" : "in %s".formatted(namespace);
        for (JsonNode subject : Fields.items(binding.at("/subjects"))) {
            String who = who(subject, binding);
            Stream<String> rights = role.map(Rights::rights)
                    .orElseGet(() -> Stream.of("what %s %s gives"
                            .formatted(
                                    binding.at("/roleRef/kind").asText(),
                                    binding.at("/roleRef/name").asText())));
            rights.forEach(right -> facts.add("%s may %s %s".formatted(who, right, where), binding.toString()));
        }
    }

    private static String who(JsonNode subject, Manifest binding) {
        String kind = subject.path("kind").asText("");
        return kind.equals("ServiceAccount")
                ? "ServiceAccount %s/%s"
                        .formatted(
                                subject.path("namespace").asText(binding.home()),
                                subject.path("name").asText(""))
                : "%s %s".formatted(kind, subject.path("name").asText(""));
    }

    private static Stream<String> rights(Manifest role) {
        return Fields.items(role.at("/rules")).stream().flatMap(rule -> {
            List<String> verbs = Fields.texts(rule.path("verbs"));
            List<String> named = Fields.texts(rule.path("resourceNames"));
            String only = named.isEmpty() ? "" : " named %s".formatted(String.join(", ", named));
            Stream<String> resources = Fields.texts(rule.path("resources")).stream()
                    .flatMap(resource -> Fields.texts(rule.path("apiGroups")).stream()
                            .map(group -> group.isEmpty() ? resource : "%s.%s".formatted(resource, group)));
            Stream<String> urls = Fields.texts(rule.path("nonResourceURLs")).stream();
            return Stream.concat(resources, urls)
                    .flatMap(target -> verbs.stream().map(verb -> "%s %s%s".formatted(verb, target, only)));
        });
    }
}
