package io.meshwright.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Namespaces, and prefixes and suffixes of names, with the fields in which Kubernetes' own kinds name each other
 * (kustomize api/internal/konfig/builtinpluginconsts, namespace.go and namereference.go).
 */
final class KustomizeNames {
    private static final Set<String> UNCHANGED = Set.of("CustomResourceDefinition", "APIService", "Namespace");
    // What Kustomize knows of other groups' references it learns by configurations alone.
    private static final Set<String> GROUPS = Set.of(
            "",
            "apps",
            "batch",
            "autoscaling",
            "networking.k8s.io",
            "extensions",
            "policy",
            "rbac.authorization.k8s.io",
            "admissionregistration.k8s.io",
            "storage.k8s.io");

    private KustomizeNames() {}

    static void namespace(List<KustomizedObject> objects, String namespace) {
        for (KustomizedObject object : objects) {
            if (object.isNamespaced()) {
                object.metadata().put("namespace", namespace);
            } else if (object.kind().name().equals("Namespace")) {
                object.rename(namespace);
            }
        }
        objects.stream()
                .filter(object -> object.kind().name().endsWith("RoleBinding"))
                .forEach(binding -> binding.walk(field -> {
                    String subject = field.value().path("name").asText("");
                    boolean ours = subject.equals("default")
                            || objects.stream()
                                    .anyMatch(object ->
                                            object.kind().name().equals("ServiceAccount") && object.isCalled(subject));
                    if (field.key().equals("subjects")
                            && field.value().path("kind").asText("").equals("ServiceAccount")
                            && ours) {
                        field.value().put("namespace", namespace);
                    }
                }));
    }

    static void rename(List<KustomizedObject> objects, String prefix, String suffix) {
        Map<String, Map<String, String>> renamed = new TreeMap<>();
        for (KustomizedObject object : objects) {
            if (!UNCHANGED.contains(object.kind().name()) && !object.name().isEmpty()) {
                String old = object.name();
                object.rename(prefix.concat(old).concat(suffix));
                renamed.computeIfAbsent(object.kind().name(), none -> new TreeMap<>())
                        .put(old, object.name());
            }
        }
        objects.stream()
                .filter(object -> GROUPS.contains(object.kind().group()))
                .forEach(object -> object.walk(field -> refer(field, renamed)));
    }

    private static void refer(KustomizedObject.Field field, Map<String, Map<String, String>> renamed) {
        ObjectNode value = field.value();
        follow(value, "serviceAccountName", "ServiceAccount", renamed);
        follow(value, "serviceAccount", "ServiceAccount", renamed);
        follow(value, "secretName", "Secret", renamed);
        follow(value, "claimName", "PersistentVolumeClaim", renamed);
        follow(value, "priorityClassName", "PriorityClass", renamed);
        if (value.has("template") && value.has("serviceName")) {
            follow(value, "serviceName", "Service", renamed);
        }
        switch (field.key()) {
            case "configMap", "configMapRef", "configMapKeyRef" -> follow(value, "name", "ConfigMap", renamed);
            case "secret", "secretRef", "secretKeyRef", "imagePullSecrets" -> follow(value, "name", "Secret", renamed);
            case "service" -> follow(value, "name", "Service", renamed);
            case "backend", "defaultBackend" -> follow(value, "serviceName", "Service", renamed);
            case "scaleTargetRef", "roleRef", "subjects" ->
                follow(value, "name", value.path("kind").asText(""), renamed);
            default -> {}
        }
    }

    private static void follow(ObjectNode value, String key, String kind, Map<String, Map<String, String>> renamed) {
        String name = renamed.getOrDefault(kind, Map.of()).get(value.path(key).asText(""));
        if (name != null) {
            value.put(key, name);
        }
    }
}
