package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.value.KeyPath;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Each value and each key of a file is made wrong by itself, and what is told stands at it, or at what is written
 * elsewhere and does not go with it.
 */
class BrokenValuesTest {
    /** Keys whose value is wrong as a whole when a part of it is: weights that add up, a list of one. */
    private static final List<String> WHOLE = List.of(".versions", ".values");

    /** A text of the file, with the path of the value, or of what the key leads to. */
    private record Written(String path, ScalarNode node) {
        int line() {
            return node.getStartMark().getLine() + 1;
        }

        String in(String file, String value) {
            boolean block = node.getStartMark().getLine() != node.getEndMark().getLine();
            return file.substring(0, node.getStartMark().getIndex())
                    .concat(block ? value.concat("\n") : value)
                    .concat(file.substring(node.getEndMark().getIndex()));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        homelab   | "my branch, and more!"
        azure     | "my branch, and more!"
        egov      | "my branch, and more!"
        edges     | "my branch, and more!"
        workloads | "my branch, and more!"
        every-key | "my branch, and more!"
        every-key | another
        """)
    void values_are_told_where_they_stand(String environment, String wrong) throws IOException {
        for (String file : files(environment)) {
            assertThat(astray(file, values(file), wrong)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"homelab", "azure", "egov", "edges", "workloads", "every-key"})
    void keys_are_told_where_they_stand(String environment) throws IOException {
        for (String file : files(environment)) {
            assertThat(astray(file, keys(file), "\"my key, and [more]!\"")).isEmpty();
        }
    }

    static List<AgreementExample> examples() {
        return AgreementExample.all();
    }

    /** A default stands nowhere: what follows from it is told at the key that it follows from. */
    @ParameterizedTest
    @MethodSource("examples")
    void disagreements_are_told_at_what_is_written_or_is_missing(AgreementExample example) {
        Map<String, Node> written = written(example.file());

        assertThat(problems(example.file()))
                .filteredOn(problem -> !problem.problem().startsWith("is missing"))
                .allMatch(problem ->
                        written.containsKey(problem.key()) || written.get(parent(problem.key())) instanceof ScalarNode);
    }

    /** What is told about something else than the text that was made wrong. */
    private static List<String> astray(String file, List<Written> texts, String wrong) {
        List<String> astray = new ArrayList<>();
        for (Written text : texts) {
            String broken = text.in(file, wrong);
            List<Problem> elsewhere = problems(broken).stream()
                    .filter(problem -> problem.place().line() != text.line())
                    .toList();
            Map<String, Node> written = elsewhere.isEmpty() ? Map.of() : written(broken);
            elsewhere.stream()
                    .filter(problem -> !isOfItself(problem, text, written))
                    .map(problem -> "%s = %s: %s".formatted(text.path(), wrong, problem))
                    .forEach(astray::add);
        }
        return astray;
    }

    private static boolean isOfItself(Problem problem, Written broken, Map<String, Node> written) {
        if (problem.problem().startsWith("is missing")) {
            return written.containsKey(parent(problem.key()));
        }
        boolean above = broken.path().startsWith(problem.key());
        return written.containsKey(problem.key()) && (!above || WHOLE.stream().anyMatch(problem.key()::endsWith));
    }

    private static String parent(String key) {
        return key.replaceFirst("(\\.?[^.\\[\\]]+|\\[\\d+])$", "");
    }

    /** Whole files as they are; of others each document over what it says that it changes. */
    private static List<String> files(String environment) throws IOException {
        String file = Files.readString(Fixtures.ENVIRONMENTS.resolve(environment.concat(".yaml")));
        if (file.contains("\nkind: Environment\n")) {
            return List.of(file);
        }
        String base = Files.readString(Path.of("test/resources/agreement/base.yaml"));
        return Stream.of(file.split("(?m)^---\\n"))
                .map(piece -> MergedYaml.of(base, piece))
                .toList();
    }

    private static List<Problem> problems(String file) {
        Reading<Environment> reading = EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8));
        return reading instanceof Reading.Refused<Environment> refused ? refused.problems() : List.of();
    }

    private static List<Written> values(String file) {
        List<Written> values = new ArrayList<>();
        written(file).forEach((path, node) -> {
            if (node instanceof ScalarNode scalar) {
                values.add(new Written(path, scalar));
            }
        });
        return values;
    }

    private static List<Written> keys(String file) {
        List<Written> keys = new ArrayList<>();
        written(file).forEach((path, node) -> {
            if (node instanceof MappingNode mapping) {
                mapping.getValue()
                        .forEach(entry -> keys.add(new Written(below(path, entry), (ScalarNode) entry.getKeyNode())));
            }
        });
        return keys;
    }

    /** Every value of the file by its path. */
    private static Map<String, Node> written(String file) {
        Map<String, Node> written = new LinkedHashMap<>();
        walk(new Yaml(new LoaderOptions()).compose(new StringReader(file)), "", written);
        return written;
    }

    private static void walk(Node node, String path, Map<String, Node> written) {
        written.put(path, node);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> walk(entry.getValueNode(), below(path, entry), written));
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                walk(list.getValue().get(i), KeyPath.of(path).index(i).text(), written);
            }
        }
    }

    private static String below(String path, NodeTuple entry) {
        return KeyPath.of(path)
                .key(((ScalarNode) entry.getKeyNode()).getValue())
                .text();
    }
}
