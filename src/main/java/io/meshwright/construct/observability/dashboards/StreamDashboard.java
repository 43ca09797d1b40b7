package io.meshwright.construct.observability.dashboards;

import static io.meshwright.construct.observability.dashboards.Panel.series;
import static io.meshwright.construct.observability.dashboards.Query.metric;

import io.meshwright.construct.observability.logs.StreamLines;
import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.construct.observability.metrics.StreamSeries;
import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.value.istio.EnvoyStats;
import java.util.List;
import java.util.stream.Collectors;

/** Services with streams: what is open, how it ends, and how long clients wait for the beginning. */
public final class StreamDashboard {
    /** Its {@code uid}, by which alerts lead here. */
    public static final String UID = "streams";

    private static final String SERVICE = "{{destination_service_namespace}}/{{destination_service_name}}";

    private StreamDashboard() {}

    static Dashboard streams(List<StreamingService> services) {
        String selector = "reporter=\"source\",%s".formatted(StreamingService.anyOf(services));
        return Dashboard.own(UID, "Streams", List.of(), open(services), ends(selector), beginnings(services));
    }

    private static Row open(List<StreamingService> services) {
        return Row.of(
                "Open now",
                series("Of each service", Unit.NUMBER, metric(StreamSeries.OPEN, SERVICE))
                        .saying("Requests that its pods answer at this moment; those that are no streams are over"
                                + " within a second."),
                series(
                        "Of each pod",
                        Unit.NUMBER,
                        metric(
                                """
                    sum by (namespace, pod) (%s{%s=~"inbound.*",namespace=~"%s",app=~"%s"})\
                    """.formatted(
                                                EnvoyStats.OPEN_REQUESTS,
                                                EnvoyStats.CLUSTER,
                                                services.stream()
                                                        .map(service -> service.namespace()
                                                                .toString())
                                                        .distinct()
                                                        .collect(Collectors.joining("|")),
                                                services.stream()
                                                        .map(StreamingService::app)
                                                        .distinct()
                                                        .collect(Collectors.joining("|"))),
                                "{{namespace}}/{{pod}}")));
    }

    private static Row ends(String selector) {
        return Row.of(
                "Ended",
                series(
                                "How",
                                Unit.REQUESTS,
                                metric("""
                    sum by (%s, response_flags) (rate(istio_requests_total{%s}[5m]))\
                    """.formatted(Slo.SERVICE, selector), SERVICE + " {{response_flags}}"))
                        .saying(
                                "-: by the service. DC: the client left. UC, UR: its pod broke it off. UT, SI, UMSDR, DT:"
                                        + " a timeout did."),
                series("Broken off", Unit.SHARE, metric(StreamSeries.brokenRatio("5m"), SERVICE)),
                series(
                        "502",
                        Unit.REQUESTS,
                        metric("""
                    sum by (%s, source_workload) (rate(istio_requests_total{%s,response_code="502"}[5m]))\
                    """.formatted(Slo.SERVICE, selector), SERVICE + " for {{source_workload}}")));
    }

    private static Row beginnings(List<StreamingService> services) {
        return Row.of(
                "Begun",
                series(
                                "Time to the first byte, 95th percentile",
                                Unit.MILLISECONDS,
                                services.stream()
                                        .map(service -> Query.logs(StreamLines.firstByte(service, "0.95"))
                                                .called("%s/%s".formatted(service.namespace(), service.name())))
                                        .toArray(Query[]::new))
                        .wide(Panel.COLUMNS)
                        .saying("From access logs, of streams that ended in 15 minutes: a proxy writes the line at the"
                                + " end."));
    }
}
