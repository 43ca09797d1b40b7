package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.WrongTypes;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests in which one field of every object is of another type are followed without a crash. */
class WrongTypesTest {
    private static final int TURNS = 8;

    private static List<JsonNode> good() {
        return new ManifestReader()
                .path(Fixtures.dist().resolve("homelab")).read().manifests().all().stream()
                        .map(manifest -> manifest.body())
                        .toList();
    }

    private static String broken(JsonNode document, JsonNode wrong, Random random) {
        List<JsonPointer> paths = WrongTypes.paths(document);
        return WrongTypes.broken(document, paths.get(random.nextInt(paths.size())), wrong)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-3", "true", "x", "[x, [], {}]", "{a: {}}"})
    void a_value_of_another_type_anywhere_crashes_nothing(String wrong) {
        JsonNode value =
                ManifestReader.value("[%s]".formatted(wrong)).orElseThrow().get(0);
        List<JsonNode> good = good();
        List<RequestRow> rows = RequestTable.read(Path.of("test/resources/trace/homelab.yaml"));
        Random random = new Random(wrong.hashCode());
        for (int turn = 0; turn < TURNS; turn++) {
            // A third of the objects is broken at a time, so that requests still get somewhere.
            Stream<String> texts = good.stream()
                    .map(document -> random.nextInt(3) == 0 ? broken(document, value, random) : document.toString());
            String all = String.join("\n---\n", texts.toList());
            assertThatCode(() -> {
                        Trace trace = Trace.of(
                                Mesh.of(ManifestReader.of("all.yaml", all).manifests()));
                        for (RequestRow row : rows) {
                            if (row.request().isFromInternet()) {
                                assertThat(trace.follow(row.request()).verdict())
                                        .isNotNull();
                            }
                        }
                    })
                    .as("%s, turn %d", wrong, turn)
                    .doesNotThrowAnyException();
        }
    }
}
