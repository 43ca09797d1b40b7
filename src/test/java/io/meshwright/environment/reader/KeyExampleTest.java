package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyExample;
import io.meshwright.environment.key.KeyTree;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

class KeyExampleTest {
    /** Every file and folder that an example names is there. */
    private static final Bases BESIDE = new Bases() {
        @Override
        public Optional<SourceText> find(String file, String asked) {
            return Optional.of(SourceText.of(asked, "text".getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Optional<List<SourceText>> folder(String file, String asked) {
            return Optional.of(List.of(SourceText.of(
                    "a.yaml",
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}}"
                            .getBytes(StandardCharsets.UTF_8))));
        }
    };

    private final KeyTree tree = KeyTree.of(Environment.class);

    @Test
    void each_example_is_a_value_that_its_key_takes() {
        List<String> refused = new ArrayList<>();
        for (Key key : tree.everywhere()) {
            Problems problems = new Problems("example");
            Node node = node("example: %s\n".formatted(KeyExample.value(key)));
            Node value = ((MappingNode) node).getValue().get(0).getValueNode();
            new Binder(BESIDE, problems, Environment.class).bind(key.type(), PlacedNode.root(value));
            problems.sorted().forEach(problem -> refused.add("%s: %s".formatted(key, problem)));
        }

        assertThat(tree.everywhere()).hasSizeGreaterThan(300);
        assertThat(refused).isEmpty();
    }

    private static Node node(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    }
}
