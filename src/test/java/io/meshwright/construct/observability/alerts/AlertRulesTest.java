package io.meshwright.construct.observability.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.metrics.RecordingRules;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Program.Answer;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.platform.release.ImageAddOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Series in, alerts out: the files below {@code observability/rules} are unit tests of promtool, short of what every
 * alert has anyway (severity, description, runbook), which this class adds from the catalogue.
 */
class AlertRulesTest {
    // Since 2.50: the moment at which the series begin.
    private static final String CLOCK = "start_timestamp";
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Settings SETTINGS = Samples.watched();
    private static final Map<String, Alert> ALERTS = AlertCatalogue.of(SETTINGS).alerts().stream()
            .collect(Collectors.toMap(Alert::name, Function.identity(), (a, b) -> a, TreeMap::new));

    @TempDir
    private Path folder;

    static Stream<String> groups() {
        // What is unusual is known after eight days: AnomalyRulesTest draws them.
        return AlertCatalogue.of(SETTINGS).ruleFiles().keySet().stream().filter(file -> !file.equals("anomalies.yaml"));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void raises_what_the_series_say_and_nothing_else(String group) throws Exception {
        holds(Program.of("promtool"), group, completed(group, test -> !test.has(CLOCK)));
    }

    static Stream<String> groupsByTheClock() {
        return groups().filter(group ->
                completed(group, test -> test.has(CLOCK)).path("tests").size() > 0);
    }

    @ParameterizedTest
    @MethodSource("groupsByTheClock")
    void raises_what_the_series_say_at_a_time_of_the_calendar(String group) throws Exception {
        Program promtool = Program.rendered(
                "promtool", Samples.version(ImageAddOn.PROMETHEUS), "what %s says on a certain day".formatted(group));

        holds(promtool, group, completed(group, test -> test.has(CLOCK)));
    }

    private void holds(Program promtool, String group, ObjectNode tests) throws Exception {
        Path file = folder.resolve("test-%s".formatted(group));
        YAML.writeValue(file.toFile(), tests);
        write("recording.yaml", RecordingRules.text(SETTINGS));
        write(group, AlertCatalogue.of(SETTINGS).ruleFiles().get(group));

        Answer answer = promtool.run(folder, "test", "rules", file.toString());

        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    @Test
    void every_alert_is_tested_for_being_raised_and_for_not_being_raised() {
        Map<String, List<Boolean>> tested = groups().flatMap(AlertRulesTest::expectations)
                .collect(Collectors.groupingBy(
                        test -> test.path("alertname").asText(),
                        TreeMap::new,
                        Collectors.mapping(test -> test.has("exp_alerts"), Collectors.toList())));

        assertThat(tested.keySet())
                .isEqualTo(ALERTS.keySet().stream()
                        .filter(alert -> !alert.matches("Service[A-Z][a-z]+Unusual"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(tested).allSatisfy((alert, raised) -> assertThat(raised).contains(true, false));
    }

    private static ObjectNode completed(String group, Predicate<JsonNode> wanted) {
        ObjectNode file = read(group);
        file.withArray("tests").removeIf(test -> !wanted.test(test));
        file.putArray("rule_files").add("recording.yaml").add(group);
        // What is recorded at a moment is read at that moment; without an order promtool takes any.
        file.putArray("group_eval_order")
                .add("mesh-golden-signals")
                .add("mesh-versions")
                .add("mesh-objectives")
                .add("mesh-streams")
                .add(group.replace(".yaml", ""));
        // A story of days is told in longer steps than one of minutes.
        if (!file.has("evaluation_interval")) {
            file.put("evaluation_interval", "1m");
        }
        file.path("tests").forEach(test -> {
            if (!test.has("interval")) {
                ((ObjectNode) test).put("interval", "1m");
            }
        });
        tests(file).forEach(AlertRulesTest::complete);
        return file;
    }

    private static void complete(ObjectNode test) {
        Alert alert = ALERTS.get(test.path("alertname").asText());
        assertThat(alert).as("alert %s", test.path("alertname")).isNotNull();
        test.path("exp_alerts").forEach(expected -> {
            ObjectNode one = (ObjectNode) expected;
            one.withObjectProperty("exp_labels")
                    .put("severity", alert.severity().label());
            one.withObjectProperty("exp_annotations")
                    .put("description", alert.meaning())
                    .put("runbook_url", "%s/%s.md".formatted(SETTINGS.runbooks(), alert.name()));
            if (!alert.graph().isEmpty()) {
                String page = alert.graph();
                for (var label : one.path("exp_labels").properties()) {
                    page = page.replace(
                            "{{ $labels.%s }}".formatted(label.getKey()),
                            label.getValue().asText());
                }
                one.withObjectProperty("exp_annotations")
                        .put(
                                "graph_url",
                                "%s/%s".formatted(SETTINGS.address(Tool.GRAFANA).url(), page));
            }
        });
    }

    private static Stream<ObjectNode> expectations(String group) {
        return tests(read(group));
    }

    private static Stream<ObjectNode> tests(ObjectNode file) {
        Stream.Builder<ObjectNode> all = Stream.builder();
        file.path("tests").forEach(test -> test.path("alert_rule_test").forEach(one -> all.add((ObjectNode) one)));
        return all.build();
    }

    private static ObjectNode read(String group) {
        try (var text = AlertRulesTest.class.getResourceAsStream("/observability/rules/%s".formatted(group))) {
            assertThat(text).as("observability/rules/%s", group).isNotNull();
            return (ObjectNode) YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
