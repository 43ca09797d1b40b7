package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.check.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Platforms of public repositories as environment files: each of their objects is said, or stands with its reason. */
class MeasuredPlatformsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");

    static Stream<Map.Entry<String, JsonNode>> platforms() throws IOException {
        return YAML.readTree(RESOURCES.resolve("measured.yaml").toFile()).properties().stream();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void every_object_is_said_or_left_with_a_reason(Map.Entry<String, JsonNode> platform) throws IOException {
        Set<String> made = made(objects(platform));
        Map<String, String> otherwise = texts(platform.getValue().path("otherwise"));
        Map<String, String> left = texts(platform.getValue().path("left"));
        Set<String> open = theirs(platform.getValue());
        open.removeAll(made);

        assertThat(open).containsExactlyInAnyOrderElementsOf(joined(otherwise.keySet(), left.keySet()));
        assertThat(made).containsAll(otherwise.values());
        assertThat(left.values()).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void and_nothing_of_it_is_refused_by_a_check(Map.Entry<String, JsonNode> platform) throws IOException {
        assertThat(Checks.run(Rendering.read(objects(platform)), Optional.empty())
                        .all())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void and_the_page_says_how_many(Map.Entry<String, JsonNode> platform) throws IOException {
        JsonNode measured = platform.getValue();
        int all = theirs(measured).size();
        int otherwise = measured.path("otherwise").size();
        int left = measured.path("left").size();
        String row = "| %s at %s (%s) | %d | %d | %d | %s |"
                .formatted(
                        measured.path("repository").asText(),
                        measured.path("commit").asText().substring(0, 7),
                        measured.path("folders").asText(),
                        all,
                        all - otherwise - left,
                        otherwise,
                        left == 0
                                ? "nothing"
                                : texts(measured.path("left")).entrySet().stream()
                                        .map(one -> "%s: %s".formatted(one.getKey(), one.getValue()))
                                        .collect(Collectors.joining("; ")));

        assertThat(Files.readString(Path.of("../docs/reach.md"))).contains(row);
    }

    @Test
    void and_how_many_together() throws IOException {
        int all = 0;
        int otherwise = 0;
        int left = 0;
        for (Map.Entry<String, JsonNode> platform : platforms().toList()) {
            all += theirs(platform.getValue()).size();
            otherwise += platform.getValue().path("otherwise").size();
            left += platform.getValue().path("left").size();
        }

        assertThat(Files.readString(Path.of("../docs/reach.md")))
                .contains("Together %d objects: %d said, %d otherwise, %d left over."
                        .formatted(all, all - otherwise - left, otherwise, left));
    }

    private static SortedMap<String, String> objects(Map.Entry<String, JsonNode> platform) throws IOException {
        return Rendering.objects(Files.readString(RESOURCES.resolve("platforms/%s.yaml".formatted(platform.getKey()))));
    }

    /** By kind and name, wherever they stand. */
    private static Set<String> made(SortedMap<String, String> objects) throws IOException {
        Set<String> made = new TreeSet<>();
        for (String text : objects.values()) {
            JsonNode object = YAML.readTree(text);
            made.add("%s/%s"
                    .formatted(
                            object.path("kind").asText(),
                            object.at("/metadata/name").asText()));
        }
        return made;
    }

    private static Set<String> theirs(JsonNode measured) {
        Set<String> theirs = new TreeSet<>();
        measured.path("objects")
                .properties()
                .forEach(kind ->
                        kind.getValue().forEach(name -> theirs.add("%s/%s".formatted(kind.getKey(), name.asText()))));
        return theirs;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static Set<String> joined(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
