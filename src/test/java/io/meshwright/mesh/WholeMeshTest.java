package io.meshwright.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeMeshTest {
    private static List<String> documents() {
        try (InputStream in = WholeMeshTest.class.getResourceAsStream("/mesh/shop.yaml")) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n---\n"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-3", "[x, [], {}]", "{a: {}}"})
    void a_wrong_value_anywhere_throws_nowhere(String wrong) {
        JsonNode value =
                ManifestReader.value("[%s]".formatted(wrong)).orElseThrow().get(0);
        List<JsonNode> good = documents().stream()
                .map(document -> ManifestReader.value(document).orElseThrow())
                .toList();
        int longest = good.stream()
                .mapToInt(document -> pointers(document, "").size())
                .max()
                .orElseThrow();
        for (int turn = 0; turn < longest; turn++) {
            // Each document is broken at another place in each turn; the shorter ones start over.
            int at = turn;
            List<String> broken = good.stream()
                    .map(document -> {
                        List<String> pointers = pointers(document, "");
                        return with(document, pointers.get(at % pointers.size()), value)
                                .toString();
                    })
                    .toList();
            assertThatCode(() -> Everything.askedOf(Mesh.of(read(broken))))
                    .as("%s in %s", wrong, broken)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void answers_do_not_depend_on_the_order_of_documents() {
        List<String> shuffled = new ArrayList<>(documents());
        Map<String, String> answers = Everything.askedOf(Mesh.of(read(shuffled)));
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(Everything.askedOf(Mesh.of(read(shuffled)))).isEqualTo(answers);
        }
        assertThat(answers).hasSizeGreaterThan(40);
    }

    @Test
    void answers_do_not_depend_on_the_names_of_namespaces() {
        Map<String, String> renamed = new TreeMap<>();
        Everything.askedOf(Mesh.of(read(documents())))
                .forEach((question, answer) -> renamed.put(rename(question), rename(answer)));

        assertThat(Everything.askedOf(Mesh.of(
                        read(documents().stream().map(WholeMeshTest::rename).toList()))))
                .isEqualTo(renamed);
    }

    private static String rename(String text) {
        return text.replaceAll("\\bedge\\b", "border");
    }

    @Test
    void an_unrelated_namespace_changes_no_answer() {
        List<String> more = new ArrayList<>(documents());
        more.add(Meshes.injected("unrelated"));
        more.add("{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: a, namespace:"
                + " unrelated}, spec: {}}");
        more.add("{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: a, namespace:"
                + " unrelated}, spec: {host: '*.local', trafficPolicy: {tls: {mode: DISABLE}}}}");

        assertThat(Everything.askedOf(Mesh.of(read(more)))).isEqualTo(Everything.askedOf(Mesh.of(read(documents()))));
    }

    private static Manifests read(List<String> documents) {
        ManifestReader reader = new ManifestReader();
        documents.forEach(document -> reader.text("shop.yaml", document));
        return reader.read().manifests();
    }

    private static List<String> pointers(JsonNode node, String base) {
        List<String> pointers = new ArrayList<>();
        Stream<String> children = node.isArray()
                ? Stream.iterate(0, index -> index < node.size(), index -> index + 1)
                        .map(Object::toString)
                : node.properties().stream().map(Map.Entry::getKey);
        children.map(key -> "%s/%s".formatted(base, key.replace("~", "~0").replace("/", "~1")))
                .forEach(pointer -> {
                    pointers.add(pointer);
                    pointers.addAll(pointers(node.at(JsonPointer.compile(pointer.substring(base.length()))), pointer));
                });
        return pointers;
    }

    private static JsonNode with(JsonNode document, String pointer, JsonNode value) {
        JsonNode copy = document.deepCopy();
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = copy.at(at.head());
        if (parent instanceof ObjectNode fields) {
            fields.set(at.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode items) {
            items.set(at.last().getMatchingIndex(), value);
        }
        return copy;
    }

    @Test
    void the_good_manifests_are_read_whole() {
        assertThat(read(documents()).all())
                .extracting(Manifest::name)
                .hasSize(documents().size());
    }
}
