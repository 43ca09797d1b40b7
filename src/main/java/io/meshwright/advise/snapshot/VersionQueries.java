package io.meshwright.advise.snapshot;

import io.meshwright.advise.snapshot.Query.About;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import java.util.List;
import java.util.Optional;

/**
 * The queries for the servers' own counts (reporter destination): each try counts there, and only there a pod and a
 * version are known. Callers outside of the mesh are left out, since no client's proxy counts them.
 */
public final class VersionQueries {
    /** Tries that reached a service's pods. */
    public static final String TRIES = "tries";

    /** Requests that failed in the end, by their clients. */
    public static final String FAILED = "failed";

    /** At the worst five minutes: the share of failures of the pod that failed least. */
    public static final String ALL_FAILING = "all-failing";

    /** Requests, by version. */
    public static final String VERSION_REQUESTS = "version-requests";

    /** Those of them that failed. */
    public static final String VERSION_FAILED = "version-failed";

    /** Answers by version and by how many milliseconds they took at most. */
    public static final String VERSION_LATENCY = "version-latency";

    /** Series of a version that the day before the range had already. */
    public static final String VERSION_BEFORE = "version-before";

    /** Requests that came through a gateway, by service. */
    public static final String ENTERED = "entered";

    private static final String BY_VERSION = Queries.SERVICE.concat(", destination_version");
    private static final String BY_POD = Queries.SERVICE.concat(", pod");

    private VersionQueries() {}

    static List<Query> of(Environment environment, String services, String range) {
        String servers = "reporter=\"destination\",source_workload!=\"unknown\",%s".formatted(services);
        String clients = "reporter=\"source\",%s".formatted(services);
        String failed = ",response_code=~\"5..\"";
        String gateways = Queries.any(environment.gatewayEntries().stream()
                .map(GatewayEntry::release)
                .map(Object::toString)
                .toList());
        return List.of(
                optional(TRIES, sum(Queries.SERVICE, requests(servers, range))),
                optional(FAILED, sum(Queries.SERVICE, requests(clients + failed, range))),
                // Pods that fail never count as none, and nearly idle ones not at all.
                optional(ALL_FAILING, """
                    max_over_time((min by (%1$s) ((sum by (%2$s) (rate(istio_requests_total{%3$s%4$s}[5m])) \
                    or sum by (%2$s) (rate(istio_requests_total{%3$s}[5m])) * 0) \
                    / (sum by (%2$s) (rate(istio_requests_total{%3$s}[5m])) > 0.1)))[%5$s:5m])\
                    """.formatted(Queries.SERVICE, BY_POD, servers, failed, range)),
                optional(VERSION_REQUESTS, sum(BY_VERSION, requests(servers, range))),
                optional(VERSION_FAILED, sum(BY_VERSION, requests(servers + failed, range))),
                optional(VERSION_LATENCY, sum("le, ".concat(BY_VERSION), """
                    increase(istio_request_duration_milliseconds_bucket{%s}[%s])\
                    """.formatted(servers, range))),
                optional(VERSION_BEFORE, """
                    count by (%s) (last_over_time(istio_requests_total{%s}[1d] offset %s))\
                    """.formatted(BY_VERSION, servers, range)),
                optional(
                        ENTERED,
                        sum(
                                Queries.SERVICE,
                                requests("%s,source_workload=~\"%s\"".formatted(clients, gateways), range))));
    }

    private static String requests(String selector, String range) {
        return "increase(istio_requests_total{%s}[%s])".formatted(selector, range);
    }

    private static String sum(String labels, String expression) {
        return "sum by (%s) (%s)".formatted(labels, expression);
    }

    private static Query optional(String name, String text) {
        return new Query(name, text, Optional.empty(), About.SERVICE);
    }
}
