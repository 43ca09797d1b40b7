package io.meshwright.advise;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Query;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A snapshot as a Prometheus might have answered it: services with rates and times of answers that chance draws, and
 * the faults that a test plants. None of its numbers was measured.
 */
public final class DrawnSnapshot {
    /** The first of March 2026. */
    public static final long TIME = 1772323200;

    // Envoy's own bounds, in milliseconds (envoyproxy.io, stats_config_settings; Istio leaves them).
    private static final double[] BOUNDS = {
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
        3_600_000
    };
    private static final int DAY = 86_400;

    private final Environment environment;
    private final int days;
    private final Map<String, Traffic> traffic = new TreeMap<>();
    private final Map<String, Map<String, Double>> planted = new TreeMap<>();

    /** Every service with ordinary traffic. */
    DrawnSnapshot(Environment environment, int days, long seed) {
        this.environment = environment;
        this.days = days;
        Random random = new Random(seed);
        environment
                .services()
                .forEach((name, service) -> traffic.put(
                        name.toString(),
                        new Traffic(
                                Math.rint(days * (60_000 + 200_000 * random.nextDouble())),
                                15 + 40 * random.nextDouble(),
                                0.5 + 0.3 * random.nextDouble())));
    }

    /**
     * Requests of the whole range, and how long they take: logarithms of times are spread as by chance.
     *
     * @param median in milliseconds
     */
    record Traffic(double requests, double median, double spread) {
        double within(double millis) {
            return normal((Math.log(millis) - Math.log(median)) / spread);
        }

        /** The mean of such times, in seconds. */
        double mean() {
            return median * Math.exp(spread * spread / 2) / 1000;
        }

        /** The share of chance below a number of deviations (Abramowitz and Stegun, 26.2.17). */
        private static double normal(double z) {
            double t = 1 / (1 + 0.2316419 * Math.abs(z));
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double tail = density
                    * t
                    * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
            return z > 0 ? 1 - tail : tail;
        }
    }

    public DrawnSnapshot traffic(String service, double requests, double median, double spread) {
        traffic.put(service, new Traffic(requests, median, spread));
        return this;
    }

    /** Plants a value; one below zero stands for no sample. */
    public DrawnSnapshot plant(String query, String service, double value) {
        planted.computeIfAbsent(query, none -> new TreeMap<>()).put(service, value);
        return this;
    }

    /** As the script writes it. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode snapshot = mapper.createObjectNode()
                .put("environment", environment.metadata().name().toString())
                .put("days", days)
                .put("time", TIME);
        ArrayNode results = snapshot.putArray("results");
        for (Query query : Queries.of(environment, days)) {
            ObjectNode answer = mapper.createObjectNode().put("status", "success");
            ArrayNode samples =
                    answer.putObject("data").put("resultType", "vector").putArray("result");
            samples(query).forEach(sample -> {
                ObjectNode one = samples.addObject();
                sample.labels.forEach(one.putObject("metric")::put);
                one.putArray("value").add(TIME).add(number(sample.value));
            });
            results.addObject()
                    .put("name", query.name())
                    .put("range", "%dd".formatted(days))
                    .put("query", query.text())
                    .set("answer", answer);
        }
        // A result on each line, so that a difference is one of a line.
        return snapshot.toString().replace("{\"name\"", "\n{\"name\"");
    }

    private record Drawn(Map<String, String> labels, double value) {}

    private List<Drawn> samples(Query query) {
        List<Drawn> samples = new ArrayList<>();
        environment.services().forEach((name, service) -> {
            String of = name.toString();
            Traffic its = traffic.get(of);
            if (query.name().equals(Queries.LATENCY)) {
                for (double bound : BOUNDS) {
                    samples.add(sample(of, service, number(bound), its.requests() * its.within(bound)));
                }
                samples.add(sample(of, service, "+Inf", its.requests()));
                return;
            }
            double value = planted.getOrDefault(query.name(), Map.of()).getOrDefault(of, usual(query.name(), its));
            if (value >= 0) {
                samples.add(sample(of, service, "", value));
            }
        });
        return samples;
    }

    private double usual(String query, Traffic its) {
        return switch (query) {
            case Queries.REQUESTS -> its.requests();
            case Queries.BEFORE -> 4;
            case Queries.HOURS -> days * 24;
            // Three times as many as on average, from two clients.
            case Queries.OPEN -> 3 * its.requests() / days / DAY * its.mean() / 2;
            default -> -1;
        };
    }

    private static Drawn sample(String name, Service service, String bound, double value) {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "destination_service_name",
                name,
                "destination_service_namespace",
                service.namespace().toString()));
        if (!bound.isEmpty()) {
            labels.put("le", bound);
        }
        return new Drawn(labels, value);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceFirst("\\.?0+$", "");
    }
}
