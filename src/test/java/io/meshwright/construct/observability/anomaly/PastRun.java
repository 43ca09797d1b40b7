package io.meshwright.construct.observability.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules over a past that is there as a whole: Prometheus answers each of them with one range query, those first that
 * others read, and promtool lays the answers beside the past. Going through the days step by step, as {@code promtool
 * test rules} does, finds the same and takes many times as long, because it parses and plans each rule at each step.
 *
 * <p>Each value is seen at its own step only, as if its rule had ended it, and an alert is raised where its expression
 * was true for as long as the alert waits.
 */
final class PastRun {
    /** Between two evaluations. */
    static final int MINUTES = 5;

    private static final long STEP = MINUTES * 60L;
    /** Midnight of Monday, 2024-01-01, UTC. */
    private static final long BEGIN = 1_704_067_200L;

    private static final String WHOLE = "--max-block-duration=720h";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Program promtool;
    private final Program prometheus;
    private final Path folder;
    private final int hours;

    /** In a folder that is empty. */
    PastRun(Path folder, int hours) {
        this.promtool = Program.of("promtool");
        this.prometheus = Program.of("prometheus");
        this.folder = folder;
        this.hours = hours;
    }

    /** Every alert of the files that was raised, in the order of the files. */
    List<Raised> raised(DrawnSeries series, List<String> recordings, List<String> alerts) throws Exception {
        Path text = folder.resolve("past.txt");
        try (Writer writer = Files.newBufferedWriter(text)) {
            series.openMetrics(writer, BEGIN);
        }
        tsdb("openmetrics", "-q", "past.txt", "past");
        Files.delete(text);
        Files.writeString(folder.resolve("none.yaml"), "global: {}\n");
        List<JsonNode> asked = rules(alerts);
        int layer = 0;
        for (List<JsonNode> each : RuleLayers.of(rules(recordings), asked)) {
            record("layer-%d.yaml".formatted(layer++), each);
        }
        List<Raised> raised = new ArrayList<>();
        int port = Server.freePort();
        try (Server server = start(port)) {
            for (JsonNode alert : asked) {
                collect(server.await(url(port, alert.path("expr").asText())), alert, raised);
            }
        }
        return raised;
    }

    private static List<JsonNode> rules(List<String> files) throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (String file : files) {
            new YAMLMapper()
                    .readTree(file)
                    .path("groups")
                    .forEach(group -> group.path("rules").forEach(rules::add));
        }
        return rules;
    }

    private void record(String file, List<JsonNode> rules) throws Exception {
        Files.writeString(
                folder.resolve(file),
                new YAMLMapper()
                        .writeValueAsString(Map.of("groups", List.of(Map.of("name", "layer", "rules", rules)))));
        int port = Server.freePort();
        try (Server server = start(port)) {
            tsdb(
                    "rules",
                    "--start=%d".formatted(BEGIN),
                    "--end=%d".formatted(end()),
                    "--eval-interval=%dm".formatted(MINUTES),
                    "--url=%s".formatted(address(port)),
                    "--output-dir=past",
                    file);
        }
    }

    private void tsdb(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("tsdb", "create-blocks-from", WHOLE));
        all.addAll(List.of(arguments));
        Program.Answer answer = promtool.run(folder, all.toArray(String[]::new));
        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    private Server start(int port) throws Exception {
        Server server = prometheus.start(
                folder,
                List.of(
                        "--config.file=none.yaml",
                        "--storage.tsdb.path=past",
                        "--storage.tsdb.retention.time=100y",
                        "--query.lookback-delta=%ds".formatted(STEP - 1),
                        "--query.max-samples=500000000",
                        "--web.listen-address=127.0.0.1:%d".formatted(port)));
        server.await("%s/-/ready".formatted(address(port)));
        return server;
    }

    private static String address(int port) {
        return "http://127.0.0.1:%d".formatted(port);
    }

    private long end() {
        return BEGIN + hours * 3600L - STEP;
    }

    private String url(int port, String expression) {
        return "%s/api/v1/query_range?start=%d&end=%d&step=%d&query=%s"
                .formatted(address(port), BEGIN, end(), STEP, URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    private static void collect(String answer, JsonNode alert, List<Raised> into) throws IOException {
        Map<String, TreeSet<Long>> times = new TreeMap<>();
        for (JsonNode series : JSON.readTree(answer).at("/data/result")) {
            TreeSet<Long> of = times.computeIfAbsent(
                    series.at("/metric/destination_service_name").asText(), key -> new TreeSet<>());
            series.path("values").forEach(value -> of.add(value.path(0).asLong()));
        }
        long wait = 60 * Long.parseLong(alert.path("for").asText("0m").replace("m", ""));
        times.forEach((service, of) -> {
            long first = of.first();
            for (long second : of) {
                if (!of.contains(second - STEP)) {
                    first = second;
                }
                // Of a time without a gap, the step after which it is over.
                if (!of.contains(second + STEP) && second - first >= wait) {
                    long from = first + (wait + STEP - 1) / STEP * STEP;
                    if (from <= second) {
                        into.add(new Raised(alert.path("alert").asText(), service, hour(from), hour(second)));
                    }
                }
            }
        });
    }

    private static double hour(long second) {
        return (second - BEGIN) / 3600.0;
    }
}
