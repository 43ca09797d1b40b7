package io.meshwright.advise;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.advise.snapshot.CallQueries;
import io.meshwright.advise.snapshot.ContainerQueries;
import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Query;
import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.workload.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    private record Drawn(Map<String, String> labels, double value) {
        Drawn {
            labels = new TreeMap<>(labels);
        }
    }

    private List<Drawn> samples(Query query) {
        List<Drawn> samples = new ArrayList<>();
        environment.services().forEach((name, service) -> {
            if (query.about() == Query.About.CONTAINER) {
                container(samples, query.name(), name.toString(), service);
            } else if (query.name().equals(CallQueries.CALLS)) {
                calls(samples, name.toString(), service);
            } else if (query.name().startsWith("version-")) {
                versions(samples, query.name(), name.toString(), service);
            } else {
                service(samples, query.name(), name.toString(), service);
            }
        });
        if (query.about() == Query.About.CONTAINER) {
            environment
                    .namespaces()
                    .keySet()
                    .forEach(namespace -> sidecar(samples, query.name(), namespace.toString()));
        }
        return samples;
    }

    /** Every caller that is admitted asks as often as the others; planted by {@code caller service}. */
    private void calls(List<Drawn> samples, String name, Service service) {
        List<Name> callers = service.allowFrom().stream()
                .filter(caller -> !environment.isGateway(caller))
                .map(Caller::from)
                .toList();
        for (Name caller : callers) {
            Service from = Objects.requireNonNull(environment.services().get(caller));
            Map<String, String> labels = with(
                    with(
                            labels(name, service),
                            CallQueries.CALLER_NAMESPACE,
                            from.namespace().toString()),
                    CallQueries.CALLER,
                    from.workloadName(caller.toString()));
            double usual = Math.rint(Objects.requireNonNull(traffic.get(name)).requests() / callers.size());
            add(samples, CallQueries.CALLS, "%s %s".formatted(caller, name), usual, labels);
        }
    }

    private void service(List<Drawn> samples, String query, String name, Service service) {
        Traffic its = traffic.get(name);
        if (query.equals(Queries.LATENCY)) {
            buckets(samples, its, 1, labels(name, service));
        } else {
            add(samples, query, name, usual(query, its, service), labels(name, service));
        }
    }

    private static void buckets(List<Drawn> samples, Traffic its, double share, Map<String, String> labels) {
        for (double bound : BOUNDS) {
            samples.add(new Drawn(with(labels, "le", number(bound)), share * its.requests() * its.within(bound)));
        }
        samples.add(new Drawn(with(labels, "le", "+Inf"), share * its.requests()));
    }

    private void add(List<Drawn> samples, String query, String planting, double usual, Map<String, String> labels) {
        double value = planted.getOrDefault(query, Map.of()).getOrDefault(planting, usual);
        if (value >= 0) {
            samples.add(new Drawn(labels, value));
        }
    }

    private double usual(String query, Traffic its, Service service) {
        boolean outside = service.allowFrom().stream().anyMatch(environment::isGateway);
        return switch (query) {
            case Queries.REQUESTS -> its.requests();
            case Queries.BEFORE -> 4;
            case Queries.HOURS -> days * 24;
            // Three times as many as on average, from two clients.
            case Queries.OPEN -> 3 * its.requests() / days / DAY * its.mean() / 2;
            case VersionQueries.TRIES -> its.requests() * 1.002;
            case VersionQueries.FAILED -> its.requests() * 0.001;
            case VersionQueries.ALL_FAILING -> 0.004;
            case VersionQueries.ENTERED -> outside ? its.requests() : -1;
            default -> -1;
        };
    }

    private void versions(List<Drawn> samples, String query, String name, Service service) {
        if (!(service.release() instanceof Canary canary)) {
            return;
        }
        for (Canary.Version version : canary.versions()) {
            double share = version.weight().value() / 100.0;
            Map<String, String> labels = with(
                    labels(name, service), "destination_version", version.name().toString());
            String planting = "%s %s".formatted(name, version.name());
            Traffic its = traffic.getOrDefault(planting, traffic.get(name));
            switch (query) {
                case VersionQueries.VERSION_LATENCY -> buckets(samples, its, share, labels);
                case VersionQueries.VERSION_REQUESTS -> add(samples, query, planting, its.requests() * share, labels);
                case VersionQueries.VERSION_FAILED ->
                    add(samples, query, planting, its.requests() * share * 0.001, labels);
                default -> add(samples, query, planting, 2, labels);
            }
        }
    }

    private void container(List<Drawn> samples, String query, String name, Service service) {
        Container container = service.container();
        if (container == null) {
            return;
        }
        double cores = Objects.requireNonNull(container.resources().requests().cpu())
                .amount()
                .doubleValue();
        double bytes = container.resources().requests().memory().amount().doubleValue();
        int pods = service.scale().least();
        double usual = switch (query) {
            case ContainerQueries.CPU -> 0.6 * cores;
            case ContainerQueries.CPU_OF_ALL -> 0.45 * cores * pods;
            case ContainerQueries.MEMORY -> Math.rint(0.6 * bytes);
            case ContainerQueries.PODS, ContainerQueries.CONTAINER_BEFORE -> pods;
            case ContainerQueries.CONTAINER_HOURS -> days * 24;
            default -> -1;
        };
        add(
                samples,
                query,
                name,
                usual,
                Map.of(
                        "namespace", service.namespace().toString(),
                        "container", service.workloadName(name)));
    }

    private void sidecar(List<Drawn> samples, String query, String namespace) {
        double usual = switch (query) {
            case ContainerQueries.CPU -> 0.03;
            case ContainerQueries.CPU_OF_ALL -> 0.2;
            case ContainerQueries.MEMORY -> 90 << 20;
            case ContainerQueries.PODS, ContainerQueries.CONTAINER_BEFORE -> 12;
            case ContainerQueries.CONTAINER_HOURS -> days * 24;
            default -> -1;
        };
        Map<String, String> labels = Map.of("namespace", namespace, "container", ContainerQueries.SIDECAR);
        add(samples, query, ContainerQueries.SIDECAR, usual, labels);
    }

    private static Map<String, String> labels(String name, Service service) {
        return Map.of(
                "destination_service_name",
                name,
                "destination_service_namespace",
                service.namespace().toString());
    }

    private static Map<String, String> with(Map<String, String> labels, String key, String value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(key, value);
        return more;
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceFirst("\\.?0+$", "");
    }
}
