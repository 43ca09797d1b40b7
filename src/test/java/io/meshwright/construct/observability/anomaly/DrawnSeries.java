package io.meshwright.construct.observability.anomaly;

import io.meshwright.construct.observability.anomaly.Fault.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What Prometheus would have scraped of drawn services, as promtool reads it: counters of requests and failures, the
 * histogram of durations, CPU, and the log lines that Loki counts. Nothing of it was measured anywhere.
 */
final class DrawnSeries {
    /** Between two samples. */
    static final int MINUTES = 2;

    private static final double SECONDS = MINUTES * 60.0;
    private static final int[] BUCKETS = {5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000};
    private static final double USUAL_FAILURES = 0.002;
    private static final double USUAL_MILLIS = 60;
    private static final double SPREAD = 0.7;

    private final long seed;
    private final int samples;
    private final Map<String, String> values = new LinkedHashMap<>();
    private Random random = new Random(0);

    DrawnSeries(long seed, int hours) {
        this.seed = seed;
        this.samples = hours * 60 / MINUTES;
    }

    /** All series, as the value of promtool's {@code input_series}. */
    String yaml() {
        StringBuilder yaml = new StringBuilder();
        values.forEach((series, each) ->
                yaml.append("      - series: '%s'\n        values: '%s'\n".formatted(series, each.strip())));
        return yaml.toString();
    }

    /**
     * The same in OpenMetrics' text format.
     *
     * @param begin of the first sample, in seconds since 1970
     */
    void openMetrics(Appendable text, long begin) throws IOException {
        for (Map.Entry<String, String> series : values.entrySet()) {
            long second = begin;
            for (String value : series.getValue().strip().split(" ")) {
                if (!"_".equals(value)) {
                    text.append(series.getKey()).append(' ').append(value).append(' ');
                    text.append(Long.toString(second)).append('\n');
                }
                second += MINUTES * 60;
            }
        }
        text.append("# EOF\n");
    }

    /** Each service has chances of its own, so that it is drawn alike whatever is drawn beside it. */
    DrawnSeries add(DrawnService service) {
        random = new Random(31 * seed + service.name().hashCode());
        Map<String, Counter> counters = counters(service.name());
        StringBuilder lines = new StringBuilder();
        double mood = 0;
        for (int i = 0; i < samples; i++) {
            double hour = i * MINUTES / 60.0;
            mood = 0.98 * mood + 0.016 * random.nextGaussian();
            Moment now = new Moment(service, hour, mood);
            counters.values().forEach(counter -> counter.resetIf(now.begins(Kind.RESET)));
            now.count(counters);
            counters.values().forEach(counter -> counter.write(now.missing()));
            append(lines, now.missing(), now.lines());
        }
        counters.forEach((series, counter) -> values.put(series, counter.text()));
        values.put("service:log_lines:rate5m{%s}".formatted(labels(service.name())), lines.toString());
        values.put(
                "kube_pod_container_resource_requests{namespace=\"shop\",pod=\"%s-5d9c7b-x2x4z\",container=\"app\",resource=\"cpu\"}"
                        .formatted(service.name()),
                " 1".repeat(samples));
        return this;
    }

    private static Map<String, Counter> counters(String service) {
        Map<String, Counter> counters = new LinkedHashMap<>();
        for (String code : List.of("200", "500")) {
            counters.put(
                    "istio_requests_total{reporter=\"source\",%s,response_code=\"%s\"}"
                            .formatted(labels(service), code),
                    new Counter());
        }
        for (int bucket : BUCKETS) {
            counters.put(bucket(service, String.valueOf(bucket)), new Counter());
        }
        counters.put(bucket(service, "+Inf"), new Counter());
        counters.put(
                "istio_request_duration_milliseconds_count{reporter=\"source\",%s}".formatted(labels(service)),
                new Counter());
        counters.put(
                "container_cpu_usage_seconds_total{namespace=\"shop\",pod=\"%s-5d9c7b-x2x4z\",container=\"app\"}"
                        .formatted(service),
                new Counter());
        return counters;
    }

    private static String bucket(String service, String end) {
        return "istio_request_duration_milliseconds_bucket{reporter=\"source\",%s,le=\"%s\"}"
                .formatted(labels(service), end);
    }

    private static String labels(String service) {
        return "destination_service_namespace=\"shop\",destination_service_name=\"%s\"".formatted(service);
    }

    /** With two digits behind the point; a formatter would take most of the time. */
    private static void append(StringBuilder text, boolean missing, double value) {
        if (missing) {
            text.append(" _");
            return;
        }
        long hundredths = Math.round(value * 100);
        text.append(' ')
                .append(hundredths / 100)
                .append('.')
                .append(hundredths / 10 % 10)
                .append(hundredths % 10);
    }

    /** A number that only grows until its program starts again. */
    private static final class Counter {
        private final StringBuilder text = new StringBuilder();
        private double value;

        void add(double amount) {
            value += amount;
        }

        void resetIf(boolean restarted) {
            value = restarted ? 0 : value;
        }

        void write(boolean missing) {
            append(text, missing, value);
        }

        String text() {
            return text.toString();
        }
    }

    /** What one service does within one step. */
    private final class Moment {
        private final DrawnService service;
        private final double hour;
        private final double requests;
        private final double noise = Math.exp(0.08 * random.nextGaussian());

        Moment(DrawnService service, double hour, double mood) {
            this.service = service;
            this.hour = hour;
            double expected = SECONDS
                    * service.expected(hour)
                    * Math.exp(mood)
                    * factor(Kind.TRAFFIC)
                    * drift(Kind.TRAFFIC_DRIFT);
            this.requests = Math.max(0, expected + Math.sqrt(expected) * random.nextGaussian());
        }

        void count(Map<String, Counter> counters) {
            double share = USUAL_FAILURES + sum(Kind.ERRORS);
            double failed = Math.min(
                    requests,
                    Math.max(0, Math.rint(requests * share + Math.sqrt(requests * share) * random.nextGaussian())));
            List<Counter> all = new ArrayList<>(counters.values());
            all.get(0).add(requests - failed);
            all.get(1).add(failed);
            double median = USUAL_MILLIS * noise * factor(Kind.SLOW) * drift(Kind.SLOW_DRIFT);
            for (int i = 0; i < BUCKETS.length; i++) {
                all.get(2 + i).add(requests * below(Math.log(BUCKETS[i] / median) / SPREAD));
            }
            all.get(2 + BUCKETS.length).add(requests);
            all.get(3 + BUCKETS.length).add(requests);
            double busiest = service.requests() * SECONDS;
            all.get(4 + BUCKETS.length).add(SECONDS * noise * (0.05 + 0.5 * factor(Kind.BUSY) * requests / busiest));
        }

        double lines() {
            return requests / SECONDS * 0.5 * noise * factor(Kind.LINES) + 0.05;
        }

        boolean missing() {
            return service.faults().stream().anyMatch(fault -> fault.kind() == Kind.MISSING && fault.at(hour));
        }

        boolean begins(Kind kind) {
            return service.faults().stream()
                    .anyMatch(fault ->
                            fault.kind() == kind && fault.from() <= hour && hour - fault.from() < SECONDS / 3600);
        }

        private double factor(Kind kind) {
            return service.faults().stream()
                    .filter(fault -> fault.kind() == kind && fault.at(hour))
                    .mapToDouble(Fault::size)
                    .reduce(1, (a, b) -> a * b);
        }

        private double drift(Kind kind) {
            return service.faults().stream()
                    .filter(fault -> fault.kind() == kind && fault.at(hour))
                    .mapToDouble(fault -> 1 + (fault.size() - 1) * fault.progress(hour))
                    .reduce(1, (a, b) -> a * b);
        }

        private double sum(Kind kind) {
            return service.faults().stream()
                    .filter(fault -> fault.kind() == kind && fault.at(hour))
                    .mapToDouble(Fault::size)
                    .sum();
        }

        /** The normal distribution's share below a value, by the logistic curve that comes near it. */
        private double below(double value) {
            return 1 / (1 + Math.exp(-1.702 * value));
        }
    }
}
