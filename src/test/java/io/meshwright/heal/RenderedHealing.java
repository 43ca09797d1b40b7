package io.meshwright.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.house.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** An environment that asks for every action by itself, as it is rendered. */
record RenderedHealing(SortedMap<String, String> objects) {
    private static final Path RESOURCES = Path.of("test/resources");
    private static final YAMLMapper YAML = new YAMLMapper();

    static RenderedHealing everyAction() throws IOException {
        return changed("{}");
    }

    /** The same with something else in the file. */
    static RenderedHealing changed(String piece) throws IOException {
        return new RenderedHealing(Rendering.objects(merged(piece)));
    }

    /** The file itself, with something else in it. */
    static Environment environment(String piece) throws IOException {
        return ((Reading.Accepted<Environment>)
                        EnvironmentReader.read("shop.yaml", merged(piece).getBytes(StandardCharsets.UTF_8)))
                .value();
    }

    private static String merged(String piece) throws IOException {
        String file = MergedYaml.of(
                Files.readString(RESOURCES.resolve("agreement/base.yaml")),
                Files.readString(RESOURCES.resolve("environments/healing.yaml")));
        return MergedYaml.of(file, piece);
    }

    JsonNode object(String path) {
        try {
            return YAML.readTree(text(path));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    String text(String path) {
        String text = objects.get(path);
        if (text == null) {
            throw new AssertionError("%s is none of %s".formatted(path, objects.keySet()));
        }
        return text;
    }

    /** Objects of one process, or of what all of them share, as one file. */
    String file(String process) {
        return objects.entrySet().stream()
                .filter(object -> of(object.getKey()).equals(process))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("---\n"));
    }

    private static String of(String path) {
        if (path.equals("namespaces/Namespace/healing")) {
            return "shared";
        }
        if (!path.startsWith("healing/")) {
            return "";
        }
        String name = path.replaceFirst(".*[/.]", "");
        return name.matches("(abort-rollout|evict-pod|move-minimum)(-plan|-tls)?")
                ? name.replaceFirst("-(plan|tls)$", "")
                : "shared";
    }
}
