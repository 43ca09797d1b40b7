package io.meshwright.construct.observability.metrics;

import static io.meshwright.construct.observability.metrics.Slo.REQUESTS;
import static io.meshwright.construct.observability.metrics.Slo.SERVICE;

import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.value.istio.EnvoyStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The series of services with streams, whose duration says nothing: how many are open, and which share breaks off.
 *
 * <p>Istio's own metrics count a stream when it has ended, and tell no route from another: the other requests of such a
 * service count among the ended ones too.
 */
public final class StreamSeries {
    /** Requests that a service's pods answer at this moment. */
    public static final String OPEN = "service:open_requests";

    /** Streams per second that broke off after they had begun; zero, not absent, while none does. */
    public static final String BROKEN = "service:istio_streams_broken:rate5m";

    /**
     * Envoy's flags of an answer that neither side ended by intent: upstream reset, closed or garbled the connection, a
     * timeout of the route, of silence or of the longest life ran out, or the proxy gave up. DC and DR are not among
     * them: the client left, which is how most streams end [envoyproxy.io, access log, RESPONSE_FLAGS].
     */
    public static final String BREAKS = "(.+,)?(UC|UR|LR|UT|SI|UMSDR|DT|UPE|OM)(,.+)?";

    private StreamSeries() {}

    /** Share of broken streams over a window, as {@code slo:broken_ratio:rate1h}. */
    public static String brokenRatio(String window) {
        return "slo:broken_ratio:rate%s".formatted(window);
    }

    static List<Recording> of(List<StreamingService> services) {
        List<Recording> rules = new ArrayList<>();
        services.forEach(service -> rules.add(open(service)));
        String selector = StreamingService.anyOf(services);
        // What failed before it began has a 5xx, which the objective of errors counts.
        rules.add(new Recording(BROKEN, """
            sum by (%1$s) (rate(istio_requests_total{reporter="source",%2$s,response_code!~"5..",response_flags=~"%3$s"}[5m]))
            or %4$s{%2$s} * 0\
            """.formatted(SERVICE, selector, BREAKS, REQUESTS)));
        rules.add(new Recording(brokenRatio("5m"), "%s / (%s > 0)".formatted(BROKEN, REQUESTS)));
        Slo.WINDOWS.forEach(
                window -> rules.add(new Recording(brokenRatio(window), Slo.shareOver(BROKEN, REQUESTS, window))));
        return rules;
    }

    /** Counted by the proxies of its own pods: one knows all streams of a pod, whoever opened them. */
    private static Recording open(StreamingService service) {
        return new Recording(
                OPEN,
                "sum(%s{%s=~\"inbound.*\",namespace=\"%s\",app=\"%s\"})"
                        .formatted(EnvoyStats.OPEN_REQUESTS, EnvoyStats.CLUSTER, service.namespace(), service.app()),
                Map.of(
                        "destination_service_namespace",
                        service.namespace().toString(),
                        "destination_service_name",
                        service.name().toString()));
    }
}
