package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import java.nio.file.Path;
import java.util.ArrayList;
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
    new ManifestReader().path(Path.of("../dist")).path(Path.of("test/resources/check")).read().manifests().all()
        .stream().filter(manifest -> !manifest.kind().name().matches("ConfigMap|CustomResourceDefinition"))
        .forEach(manifest -> largest.merge(manifest.kind().toString(), manifest.body(), WrongTypesTest::larger));
    return List.copyOf(largest.values());
  }

  private static JsonNode larger(JsonNode one, JsonNode other) {
    return pointers(other).size() > pointers(one).size() && pointers(other).size() < 100 ? other : one;
  }

  private static List<JsonPointer> pointers(JsonNode node) {
    List<JsonPointer> pointers = new ArrayList<>();
    collect(node, JsonPointer.empty(), pointers);
    return pointers;
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> pointers) {
    for (int index = 0; index < node.size() && node.isArray(); index++) {
      pointers.add(at.appendIndex(index));
      collect(node.get(index), at.appendIndex(index), pointers);
    }
    node.properties().forEach(field -> {
      pointers.add(at.appendProperty(field.getKey()));
      collect(field.getValue(), at.appendProperty(field.getKey()), pointers);
    });
  }

  private static JsonNode broken(JsonNode document, JsonPointer at, JsonNode wrong) {
    JsonNode copy = document.deepCopy();
    JsonNode parent = copy.at(at.head());
    if (parent instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), wrong);
    } else {
      ((ArrayNode) parent).set(at.last().getMatchingIndex(), wrong);
    }
    return copy;
  }

  /** Every path takes two of the six values, in turn. */
  @Test
  void a_value_of_another_type_at_every_path_crashes_nothing() {
    JsonNode values = ManifestReader.value("[null, -3, true, x, [x, [], {}], {a: {}}]").orElseThrow();
    List<List<JsonPointer>> paths = GOOD.stream().map(WrongTypesTest::pointers).toList();
    int deepest = paths.stream().mapToInt(List::size).max().orElseThrow();
    for (int turn = 0; turn < deepest; turn++) {
      ManifestReader reader = new ManifestReader();
      for (int kind = 0; kind < GOOD.size(); kind++) {
        List<JsonPointer> own = paths.get(kind);
        for (int again = 0; again < 2 && turn < own.size(); again++) {
          JsonNode value = values.get((turn + kind + 2 * again) % values.size());
          reader.text("%d/%d.json".formatted(again, kind), broken(GOOD.get(kind), own.get(turn), value).toString());
        }
      }
      assertThatCode(() -> Checks.run(reader.read(), Optional.empty())).as("turn %d", turn).doesNotThrowAnyException();
    }
    assertThat(GOOD).hasSizeGreaterThan(30);
  }
}
