package io.meshwright.construct.observability.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.settings.Anomalies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the rendered rules over series and answers queries. promtool has no command for that; but a test that expects
 * what cannot be tells what it got instead.
 */
final class RuleRun {
    private static final Pattern GOT = Pattern.compile("^ +got: ?(.*)$", Pattern.MULTILINE);
    private static final Pattern SAMPLE = Pattern.compile("\\{([^}]*)} ([-+.0-9A-Za-z]+)");

    private static final Set<String> READ =
            Set.of(Slo.REQUESTS, Slo.ERRORS, Slo.errorRatio("5m"), "service:istio_request_duration_milliseconds:p95");

    private final Path folder;
    private final int minutes;
    private final List<String> queries = new ArrayList<>();

    /**
     * Without the burn-rate alerts.
     *
     * @param minutes between two evaluations: one in production; what an alert waits for is reached at a multiple of it
     */
    RuleRun(Path folder, int minutes) {
        this.folder = folder;
        this.minutes = minutes;
    }

    /** Adds a query at an hour since the beginning; its place among the answers. */
    int ask(String query, double hour) {
        queries.add("""
                  - expr: %s
                    eval_time: %dm
                    exp_samples: [{labels: '{never="this"}', value: 1}]
            """.formatted("'%s'".formatted(query.replace("'", "''")), Math.round(hour * 60)));
        return queries.size() - 1;
    }

    /** Values by labels for each query, in the order of asking. */
    List<Map<String, Double>> answers(Program promtool, Anomalies anomalies, String series) throws Exception {
        RenderedRules rendered = RenderedRules.of(anomalies);
        // Sums over days of every service, which nothing but the burn-rate alerts reads.
        Map<String, String> rules = Map.of(
                "recording.yaml",
                shortened(rendered.recorded()),
                "bands.yaml",
                rendered.bands(),
                "unusual.yaml",
                rendered.unusual());
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            Files.writeString(folder.resolve(rule.getKey()), rule.getValue());
        }
        Files.writeString(folder.resolve("run.yaml"), """
            rule_files: [recording.yaml, bands.yaml, unusual.yaml]
            group_eval_order: [mesh-golden-signals, mesh-versions, mesh-objectives, anomaly-bands, anomalies]
            evaluation_interval: %dm
            tests:
              - interval: %dm
                input_series:
            %s    promql_expr_test:
            %s""".formatted(
                        minutes, DrawnSeries.MINUTES, series, String.join("", queries)));
        String output = promtool.run(folder, "test", "rules", "run.yaml").output();
        List<Map<String, Double>> answers = parsed(output);
        assertThat(answers)
                .as(output.substring(0, Math.min(2000, output.length())))
                .hasSameSizeAs(queries);
        return answers;
    }

    private static String shortened(String rules) throws Exception {
        JsonNode file = new YAMLMapper().readTree(rules);
        for (JsonNode group : file.path("groups")) {
            Iterator<JsonNode> each = group.path("rules").elements();
            while (each.hasNext()) {
                if (!READ.contains(each.next().path("record").asText())) {
                    each.remove();
                }
            }
        }
        return new YAMLMapper().writeValueAsString(file);
    }

    private static List<Map<String, Double>> parsed(String output) {
        List<Map<String, Double>> answers = new ArrayList<>();
        Matcher got = GOT.matcher(output);
        while (got.find()) {
            Map<String, Double> samples = new TreeMap<>();
            Matcher sample = SAMPLE.matcher(got.group(1));
            while (sample.find()) {
                samples.put(sample.group(1), Double.valueOf(sample.group(2)));
            }
            answers.add(samples);
        }
        return answers;
    }
}
