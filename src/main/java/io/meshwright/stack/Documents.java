package io.meshwright.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes a chart's text apart into its documents. */
final class Documents {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private Documents() {}

    /**
     * cdk8s separates documents by a line of three dashes; a block's own lines are indented, so none is mistaken for
     * it.
     */
    static List<String> in(String chart) {
        return Arrays.stream(chart.split("(?m)^---\n"))
                .filter(text -> !text.isBlank())
                .toList();
    }

    static RenderedObject object(String stack, String text, Map<String, String> constructPaths) throws IOException {
        JsonNode document = YAML.readTree(text);
        String apiVersion = document.path("apiVersion").asText();
        String kind = document.path("kind").asText();
        String namespace = document.at("/metadata/namespace").textValue();
        String name = document.at("/metadata/name").asText();
        String construct = constructPaths.get(identity(apiVersion, kind, namespace, name));
        return new RenderedObject(stack, kind, namespace, name, text, Objects.requireNonNull(construct, text));
    }

    static String identity(String apiVersion, String kind, String namespace, String name) {
        return "%s %s %s/%s".formatted(apiVersion, kind, namespace == null ? "" : namespace, name);
    }
}
