package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Common labels and annotations (kustomize api/internal/konfig/builtinpluginconsts, commonlabels.go). */
final class KustomizeLabels {
    private static final Set<String> WITH_TEMPLATE = Set.of("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet");

    private KustomizeLabels() {}

    static void label(KustomizedObject object, Map<String, String> pairs, boolean selectors, boolean templates) {
        put(KustomizedObject.child(object.metadata(), "labels"), pairs);
        if (selectors && object.body().path("spec") instanceof ObjectNode spec) {
            select(object, spec, pairs);
        }
        if (selectors || templates) {
            templates(object)
                    .forEach(template ->
                            put(KustomizedObject.child(KustomizedObject.child(template, "metadata"), "labels"), pairs));
        }
    }

    static void annotate(KustomizedObject object, Map<String, String> pairs) {
        put(KustomizedObject.child(object.metadata(), "annotations"), pairs);
        templates(object)
                .forEach(template -> put(
                        KustomizedObject.child(KustomizedObject.child(template, "metadata"), "annotations"), pairs));
    }

    private static void put(ObjectNode mapping, Map<String, String> pairs) {
        pairs.forEach(mapping::put);
    }

    private static void select(KustomizedObject object, ObjectNode spec, Map<String, String> pairs) {
        String kind = object.kind().name();
        if (kind.equals("Service") && object.kind().group().isEmpty() || kind.equals("ReplicationController")) {
            boolean chosen = spec.path("selector").isObject()
                    || !spec.path("type").asText("").equals("ExternalName");
            if (chosen) {
                put(KustomizedObject.child(spec, "selector"), pairs);
            }
        } else if (WITH_TEMPLATE.contains(kind)) {
            put(KustomizedObject.child(KustomizedObject.child(spec, "selector"), "matchLabels"), pairs);
        } else if (spec.at("/selector/matchLabels") instanceof ObjectNode labels
                && Set.of("PodDisruptionBudget", "Job").contains(kind)) {
            put(labels, pairs);
        } else if (kind.equals("NetworkPolicy")) {
            object.walk(field -> {
                if (field.key().equals("podSelector")
                        && field.value().path("matchLabels") instanceof ObjectNode labels) {
                    put(labels, pairs);
                }
            });
        }
    }

    private static List<ObjectNode> templates(KustomizedObject object) {
        JsonNode spec = object.body().path("spec");
        return switch (object.kind().name()) {
            case "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job", "ReplicationController" ->
                spec.path("template") instanceof ObjectNode template ? List.of(template) : List.of();
            case "CronJob" ->
                spec.at("/jobTemplate/spec/template") instanceof ObjectNode template ? List.of(template) : List.of();
            default -> List.of();
        };
    }
}
