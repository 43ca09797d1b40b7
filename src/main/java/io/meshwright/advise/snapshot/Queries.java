package io.meshwright.advise.snapshot;

import io.meshwright.advise.snapshot.Query.About;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The queries about an environment. Services are seen by their clients (reporter source), so that what never reached
 * them counts too; the metrics are Istio's standard ones and cAdvisor's (istio.io, Istio Standard Metrics).
 */
public final class Queries {
    /** Requests, by service. */
    public static final String REQUESTS = "requests";

    /** Series that the day before the range had already, by service. */
    public static final String BEFORE = "before";

    /** Hours of the range in which a service was measured. */
    public static final String HOURS = "hours";

    /** Requests that ended at a timeout, by service. */
    public static final String TIMED_OUT = "timed-out";

    /** Requests whose client went away before the answer, by service. */
    public static final String LEFT = "left";

    /** Answers by service and by how many milliseconds they took at most. */
    public static final String LATENCY = "latency";

    /** Requests that one client's proxy had open at a time, at the busiest five minutes, by service. */
    public static final String OPEN = "open";

    /** Requests that a full pool refused, by service. */
    public static final String OVERFLOW = "overflow";

    /** Days below which nothing is proposed: weekends are unlike other days. */
    public static final int LEAST_DAYS = 7;

    /** The labels that name a service. */
    static final String SERVICE = "destination_service_namespace, destination_service_name";

    private final int days;
    private final String clients;
    private final List<Query> queries = new ArrayList<>();

    private Queries(String services, int days) {
        this.days = days;
        this.clients = "reporter=\"source\",%s".formatted(services);
    }

    /** The questions in the order of asking. */
    public static List<Query> of(Environment environment, int days) {
        String services = services(environment);
        Queries queries = new Queries(services, days);
        queries.traffic();
        queries.queries.addAll(ContainerQueries.of(environment, queries.range()));
        queries.queries.addAll(VersionQueries.of(environment, services, queries.range()));
        queries.queries.addAll(CallQueries.of(services, queries.range()));
        return List.copyOf(queries.queries);
    }

    /**
     * The same, when a snapshot of so many days can be taken.
     *
     * @throws InvalidValue for days that are too few, or that Prometheus does not keep
     */
    public static List<Query> asked(Environment environment, int days) {
        Require.inRange("--days", days, LEAST_DAYS, SnapshotReader.MOST_DAYS);
        Retention kept = environment.observability().retention().metrics();
        // The day before the range tells whether a service was there when it began.
        Require.that(
                !environment.observability().parts().runsPrometheus() || kept.hours() >= (days + 1) * 24L,
                "--days",
                "\"%d\" and the day before are more than the %s that metrics are kept".formatted(days, kept),
                "ask for less, or raise observability.retention.metrics");
        return of(environment, days);
    }

    private void traffic() {
        required(REQUESTS, "istio_requests_total", sum(SERVICE, increase("istio_requests_total", clients)));
        optional(
                BEFORE,
                "count by (%s) (last_over_time(istio_requests_total{%s}[1d] offset %s))"
                        .formatted(SERVICE, clients, range()));
        required(
                HOURS,
                "istio_requests_total",
                "count_over_time((%s)[%s:1h])"
                        .formatted(sum(SERVICE, "istio_requests_total{%s}".formatted(clients)), range()));
        // 504 without the flag is one that a proxy further on answered.
        optional(
                TIMED_OUT,
                sum(
                        SERVICE,
                        "%s or %s"
                                .formatted(
                                        flagged("UT"),
                                        increase("istio_requests_total", clients + ",response_code=\"504\""))));
        optional(LEFT, sum(SERVICE, flagged("DC")));
        required(
                LATENCY,
                "istio_request_duration_milliseconds_bucket",
                sum("le, ".concat(SERVICE), increase("istio_request_duration_milliseconds_bucket", clients)));
        // The rate of the sum of durations is the mean number of open requests (Little's law).
        required(OPEN, "istio_request_duration_milliseconds_sum", """
            max by (%1$s) (max_over_time((sum by (%1$s, pod) \
            (rate(istio_request_duration_milliseconds_sum{%2$s}[5m])) / 1000)[%3$s:5m]))\
            """.formatted(SERVICE, clients, range()));
        optional(OVERFLOW, sum(SERVICE, flagged("UO")));
    }

    private void required(String name, String metric, String text) {
        queries.add(new Query(name, text, Optional.of(metric), About.SERVICE));
    }

    private void optional(String name, String text) {
        queries.add(new Query(name, text, Optional.empty(), About.SERVICE));
    }

    private String flagged(String flag) {
        return increase("istio_requests_total", "%s,response_flags=~\"(.*,)?%s(,.*)?\"".formatted(clients, flag));
    }

    private String increase(String metric, String selector) {
        return "increase(%s{%s}[%s])".formatted(metric, selector, range());
    }

    private static String sum(String labels, String expression) {
        return "sum by (%s) (%s)".formatted(labels, expression);
    }

    private String range() {
        return "%dd".formatted(days);
    }

    private static String services(Environment environment) {
        List<Map.Entry<Name, Service>> services = environment.services().entrySet().stream()
                .filter(entry -> environment.isInMesh(entry.getValue()))
                .toList();
        return "destination_service_namespace=~\"%s\",destination_service_name=~\"%s\""
                .formatted(
                        any(services.stream()
                                .map(entry -> entry.getValue().namespace().toString())
                                .toList()),
                        any(services.stream()
                                .map(entry -> entry.getKey().toString())
                                .toList()));
    }

    /** Names hold no sign that means something in a regular expression. */
    static String any(List<String> names) {
        return names.stream().distinct().sorted().collect(Collectors.joining("|"));
    }
}
