package io.meshwright.construct.observability.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.anomaly.Fault.Kind;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.value.telemetry.Sensitivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often the warnings are right, how much they miss and how long they take, beside thresholds that somebody set who
 * knows each service's peak, and beside the burn-rate alerts. Takes a minute for each seed, so it runs where it is
 * asked for: {@code -Danomalies.seeds=101-110}; none of these seeds was looked at while the bands were made. A table in
 * docs/ai-operations.md must be the one that comes out.
 */
class AnomalyMeasureTest {
    private static final int HOURS = 11 * 24;
    private static final int MINUTES = 4;
    private static final int FIRST = 8 * 24 + 2;
    private static final int FAULTS = 10;
    private static final String HEAD =
            "| fault | how many | band | fixed threshold | burn rate |\n|---|---|---|---|---|\n";
    private static final List<String> HOW = List.of("band", "threshold", "burn rate");
    private static final Map<String, String> ALERTS = Map.of(
            "band", "Service(Requests|Errors|Latency|Saturation|Logs)Unusual",
            "threshold", "Fixed.+",
            "burn rate", "Service(Error|Latency)BudgetBurns.+");

    @TempDir
    private Path folder;

    private final Map<String, Map<String, Tally>> tallies = new LinkedHashMap<>();
    private final Map<String, long[]> episodes = new LinkedHashMap<>();

    @Test
    void the_table_is_what_the_seeds_give() throws Exception {
        String seeds = System.getProperty("anomalies.seeds");
        assumeTrue(
                seeds != null,
                "precision, recall and delay of the anomaly warnings are measured only where it is asked for; give"
                        + " -Danomalies.seeds=101-110");
        String[] ends = seeds.split("-");
        for (long seed : LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                .toArray()) {
            measure(seed);
        }

        String table = table();

        System.out.println(table);
        assertThat(tallies).as(table).hasSize(FAULTS);
        String page = Files.readString(Path.of("../docs/ai-operations.md"));
        if (page.contains(HEAD)) {
            assertThat(page).as(table).contains(table);
        }
    }

    private void measure(long seed) throws Exception {
        Random random = new Random(seed);
        List<DrawnService> services = services(random);
        DrawnSeries series = new DrawnSeries(seed, HOURS);
        services.forEach(series::add);
        RuleRun run = new RuleRun(Files.createDirectories(folder.resolve(String.valueOf(seed))), MINUTES, true);
        List<Asked> asked = new ArrayList<>();
        for (String how : HOW) {
            String firing = "ALERTS{alertname=~\"%s\",alertstate=\"firing\"}".formatted(ALERTS.get(how));
            String begins = "(%1$s unless %1$s offset %2$dm)".formatted(firing, MINUTES);
            for (DrawnService service : services) {
                asked.add(new Asked(how, service, begins, firing, run));
            }
        }
        List<Map<String, Double>> answers = run.answers(
                Program.of("promtool"),
                Samples.anomalies(
                        Sensitivity.MEDIUM,
                        services.stream().map(DrawnService::name).toList()),
                series.yaml(),
                Map.of("zz-fixed.yaml", thresholds(services)));
        asked.forEach(each -> each.count(answers));
    }

    /** One service for each kind of fault, which lasts one to five hours, and three without any. */
    private static List<DrawnService> services(Random random) {
        List<DrawnService> services = new ArrayList<>();
        add(services, random, "traffic-up", Kind.TRAFFIC, 2, 4);
        add(services, random, "traffic-down", Kind.TRAFFIC, 0.1, 0.4);
        add(services, random, "silence", Kind.TRAFFIC, 0, 0);
        add(services, random, "traffic-drifts", Kind.TRAFFIC_DRIFT, 2, 4);
        add(services, random, "few-errors", Kind.ERRORS, 0.025, 0.06);
        add(services, random, "many-errors", Kind.ERRORS, 0.15, 0.5);
        add(services, random, "slow", Kind.SLOW, 2.5, 6);
        add(services, random, "gets-slower", Kind.SLOW_DRIFT, 3, 8);
        add(services, random, "more-cpu", Kind.BUSY, 2, 4);
        add(services, random, "more-lines", Kind.LINES, 4, 15);
        for (int i = 0; i < 3; i++) {
            services.add(DrawnService.weekly("none-%d".formatted(i), size(random)));
        }
        return services;
    }

    private static void add(
            List<DrawnService> services, Random random, String name, Kind kind, double least, double most) {
        double hours = 1 + 4 * random.nextDouble();
        // Not at night, when a fault of traffic is one of nobody.
        double from = FIRST + 24 * random.nextInt(2) + 6 + 9 * random.nextDouble();
        double size = least + (most - least) * random.nextDouble();
        services.add(DrawnService.weekly(name, size(random), new Fault(kind, from, hours, size)));
    }

    private static double size(Random random) {
        return Math.exp(Math.log(2) + random.nextDouble() * Math.log(25));
    }

    /** As somebody sets them who knows each service's peak and trough, once. */
    private static String thresholds(List<DrawnService> services) {
        StringBuilder rules = new StringBuilder("groups:\n- name: fixed\n  rules:\n");
        for (DrawnService service : services) {
            String of = "{destination_service_name=\"%s\"}".formatted(service.name());
            rule(
                    rules,
                    "FixedManyRequests",
                    "service:istio_requests:rate5m%s > %.3f".formatted(of, 1.3 * service.requests()));
            rule(
                    rules,
                    "FixedFewRequests",
                    "service:istio_requests:rate5m%s < %.3f".formatted(of, 0.3 * 0.55 * 0.5 * service.requests()));
            rule(rules, "FixedErrors", "slo:error_ratio:rate5m%s > 0.05".formatted(of));
            rule(rules, "FixedSlow", "service:istio_request_duration_milliseconds:p95%s > 1000".formatted(of));
            rule(rules, "FixedBusy", "anomaly:level{signal=\"saturation\",%s > 0.9".formatted(of.substring(1)));
            rule(rules, "FixedLines", "service:log_lines:rate5m%s > %.3f".formatted(of, service.requests() + 1));
        }
        return rules.toString();
    }

    private static void rule(StringBuilder rules, String name, String expression) {
        rules.append("  - alert: %s\n    expr: '%s'\n    for: 10m\n".formatted(name, expression));
    }

    private String table() {
        StringBuilder table = new StringBuilder(HEAD);
        tallies.forEach((fault, byHow) -> table.append("| %s | %d | %s |\n"
                .formatted(
                        fault.replace('-', ' ').replace("cpu", "CPU"),
                        byHow.get(HOW.get(0)).faults,
                        HOW.stream().map(how -> byHow.get(how).text()).collect(Collectors.joining(" | ")))));
        table.append("| precision of all alerts |  | %s |\n"
                .formatted(HOW.stream().map(this::precision).collect(Collectors.joining(" | "))));
        return table.toString();
    }

    private String precision(String how) {
        long[] counts = episodes.getOrDefault(how, new long[2]);
        return counts[1] == 0
                ? "raised none"
                : "%d %% (%d of %d)".formatted(Math.round(100.0 * counts[0] / counts[1]), counts[0], counts[1]);
    }

    /** How many faults of one kind were found, and after how many minutes. */
    private static final class Tally {
        private int faults;
        private final List<Double> delays = new ArrayList<>();

        String text() {
            if (delays.isEmpty()) {
                return "0 %";
            }
            List<Double> sorted = delays.stream().sorted().toList();
            return "%d %%, %d min"
                    .formatted(
                            Math.round(100.0 * delays.size() / faults),
                            Math.round(sorted.get((sorted.size() - 1) / 2)));
        }
    }

    /** What was asked of one way of alerting about one service. */
    private final class Asked {
        private final String how;
        private final DrawnService service;
        private final int all;
        private final int right;
        private final int first;

        Asked(String how, DrawnService service, String begins, String firing, RuleRun run) {
            this.how = how;
            this.service = service;
            String of = ",destination_service_name=\"%s\"}".formatted(service.name());
            String counted = "sum(count_over_time(%s[%dm:%dm]))";
            this.all =
                    run.ask(counted.formatted(begins.replace("}", of), (HOURS - FIRST + 1) * 60, MINUTES), HOURS - 0.5);
            if (service.faults().isEmpty()) {
                right = -1;
                first = -1;
                return;
            }
            Fault fault = service.faults().get(0);
            double end = Math.min(HOURS - 0.5, fault.to() + 0.5);
            long window = Math.round((end - fault.from()) * 60);
            this.right = run.ask(counted.formatted(begins.replace("}", of), window, MINUTES), end);
            this.first = run.ask(
                    "min(min_over_time(timestamp(%s)[%dm:%dm]))".formatted(firing.replace("}", of), window, MINUTES),
                    end);
        }

        void count(List<Map<String, Double>> answers) {
            long[] counts = episodes.computeIfAbsent(how, key -> new long[2]);
            counts[1] += number(answers, all);
            if (right < 0) {
                return;
            }
            counts[0] += number(answers, right);
            Tally tally = tallies.computeIfAbsent(service.name(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(how, key -> new Tally());
            tally.faults++;
            answers.get(first)
                    .values()
                    .forEach(second -> tally.delays.add(
                            Math.max(0, second / 60 - service.faults().get(0).from() * 60)));
        }

        private long number(List<Map<String, Double>> answers, int query) {
            return answers.get(query).values().stream()
                    .mapToLong(Double::longValue)
                    .sum();
        }
    }
}
