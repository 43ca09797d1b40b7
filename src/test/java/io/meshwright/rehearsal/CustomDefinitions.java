package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The definitions of custom resources that the program brings, as an API server takes them. */
final class CustomDefinitions {
    private static final String ISTIO = "istio-";
    private static final String NEWEST = "istio-1.31/";

    private CustomDefinitions() {}

    /** A file each, of Istio's those of its newest release. */
    static void write(Path folder) throws IOException {
        for (String file : lines("crds/index.txt")) {
            if (!file.startsWith(ISTIO) || file.startsWith(NEWEST)) {
                write(folder, file.replace(".txt", ""));
            }
        }
    }

    /** Those of one group, or of one release of Istio's. */
    static void write(Path folder, String group) throws IOException {
        for (String line : lines("crds/%s.txt".formatted(group))) {
            define(folder, line.substring(line.indexOf('\t') + 1));
        }
    }

    /**
     * Groups of k8s.io are Kubernetes' own, and the API server asks who has approved a definition in one of them. Words
     * for people are left out of what the program brings, and the API server wants some for rules of several lines.
     */
    private static void define(Path folder, String definition) throws IOException {
        ObjectNode object = (ObjectNode) Dist.YAML.readTree(definition);
        ((ObjectNode) object.path("metadata"))
                .putObject("annotations")
                .put("api-approved.kubernetes.io", "unapproved, for a rehearsal");
        JsonNode versions = object.at("/spec/versions");
        if (versions.findValues("storage").stream().noneMatch(JsonNode::asBoolean)) {
            ((ObjectNode) versions.get(0)).put("storage", true);
        }
        explain(object);
        Files.writeString(
                folder.resolve("%s.yaml".formatted(object.at("/metadata/name").asText())),
                Dist.YAML.writeValueAsString(object));
    }

    private static void explain(JsonNode node) {
        if (node.path("rule").isTextual() && !node.has("message")) {
            ((ObjectNode) node).put("message", "the rule does not hold");
        }
        node.forEach(CustomDefinitions::explain);
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream stream = CustomDefinitions.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("%s is missing".formatted(resource));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
