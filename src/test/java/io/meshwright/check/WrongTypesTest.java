package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.WrongTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One object of every kind that we know, with a value of another type at every path: checked without a crash. */
class WrongTypesTest {
    private static final List<JsonNode> GOOD = good();

    /** A large object of each kind of the three environments and the examples. */
    private static List<JsonNode> good() {
        Map<String, JsonNode> largest = new TreeMap<>();
        new ManifestReader()
                .path(Fixtures.dist()).path(Path.of("test/resources/check")).read().manifests().all().stream()
                        .filter(manifest -> !manifest.kind().name().matches("ConfigMap|CustomResourceDefinition"))
                        .forEach(manifest ->
                                largest.merge(manifest.kind().toString(), manifest.body(), WrongTypesTest::larger));
        return List.copyOf(largest.values());
    }

    private static JsonNode larger(JsonNode one, JsonNode other) {
        return WrongTypes.paths(other).size() > WrongTypes.paths(one).size()
                        && WrongTypes.paths(other).size() < 100
                ? other
                : one;
    }

    /** Every path takes two of the six values, in turn. */
    @Test
    void a_value_of_another_type_at_every_path_crashes_nothing() {
        JsonNode values = ManifestReader.value("[null, -3, true, x, [x, [], {}], {a: {}}]")
                .orElseThrow();
        List<List<JsonPointer>> paths = GOOD.stream().map(WrongTypes::paths).toList();
        int deepest = paths.stream().mapToInt(List::size).max().orElseThrow();
        for (int turn = 0; turn < deepest; turn++) {
            ManifestReader reader = new ManifestReader();
            for (int kind = 0; kind < GOOD.size(); kind++) {
                List<JsonPointer> own = paths.get(kind);
                for (int again = 0; again < 2 && turn < own.size(); again++) {
                    JsonNode value = values.get((turn + kind + 2 * again) % values.size());
                    reader.text(
                            "%d/%d.json".formatted(again, kind),
                            WrongTypes.broken(GOOD.get(kind), own.get(turn), value)
                                    .toString());
                }
            }
            assertThatCode(() -> Checks.run(reader.read(), Optional.empty()))
                    .as("turn %d", turn)
                    .doesNotThrowAnyException();
        }
        assertThat(GOOD).hasSizeGreaterThan(30);
    }
}
