package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The CustomResourceDefinitions among the manifests themselves. */
final class GivenDefinitions {
    private static final Kind DEFINITION = new Kind("apiextensions.k8s.io", "CustomResourceDefinition");
    private static final String SCHEMA = "/schema/openAPIV3Schema";

    /** Several where a repository holds releases side by side. */
    private final Map<Kind, List<JsonNode>> specs = new TreeMap<>();

    GivenDefinitions(Manifests manifests) {
        for (Manifest definition : manifests.kind(DEFINITION)) {
            JsonNode spec = definition.body().path("spec");
            Kind kind = new Kind(
                    spec.path("group").asText(""), spec.at("/names/kind").asText(""));
            // Before apiextensions.k8s.io/v1, which clusters no longer serve, a definition needed no schema.
            boolean whole = Fields.items(spec.path("versions")).stream()
                    .anyMatch(version -> version.at(SCHEMA).isObject());
            List<JsonNode> known = specs.computeIfAbsent(kind, none -> new ArrayList<>());
            if (whole && !known.contains(spec)) {
                known.add(spec);
            }
        }
    }

    boolean has(Kind kind) {
        return !specs.getOrDefault(kind, List.of()).isEmpty();
    }

    /** Violations that every definition of the kind sees, in the words of the first. */
    List<Violation> violations(Manifest manifest) {
        List<Violation> first = List.of();
        for (JsonNode spec : specs.getOrDefault(manifest.kind(), List.of())) {
            List<Violation> violations = violations(spec, manifest);
            if (violations.isEmpty()) {
                return List.of();
            }
            first = first.isEmpty() ? violations : first;
        }
        return first;
    }

    /** The schema of the object's version in every definition of its kind that serves it. */
    List<JsonNode> schemas(Manifest manifest) {
        return specs.getOrDefault(manifest.kind(), List.of()).stream()
                .flatMap(spec -> schema(spec, version(manifest)).stream())
                .toList();
    }

    private static String version(Manifest manifest) {
        return manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
    }

    private static Optional<JsonNode> schema(JsonNode spec, String version) {
        return served(spec).stream()
                .filter(known -> known.path("name").asText("").equals(version))
                .map(known -> known.at(SCHEMA))
                .findFirst();
    }

    private static List<JsonNode> served(JsonNode spec) {
        return Fields.items(spec.path("versions")).stream()
                .filter(known -> known.path("served").asBoolean(false))
                .toList();
    }

    private static List<Violation> violations(JsonNode spec, Manifest manifest) {
        String version = version(manifest);
        Optional<JsonNode> schema = schema(spec, version);
        if (schema.isEmpty()) {
            return List.of(Violation.refused(
                    "/apiVersion",
                    "its definition does not serve %s; it serves %s"
                            .formatted(
                                    version,
                                    String.join(
                                            ", ",
                                            served(spec).stream()
                                                    .map(known ->
                                                            known.path("name").asText(""))
                                                    .toList()))));
        }
        boolean keeps = spec.path("preserveUnknownFields").asBoolean(false);
        return SchemaWalk.of(schema.get(), manifest.body()).stream()
                .filter(violation -> !keeps || !violation.unknown())
                .toList();
    }
}
