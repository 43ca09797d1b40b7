package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.dashboards.StreamDashboard;
import io.meshwright.construct.observability.metrics.LogSeries;
import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.construct.observability.metrics.StreamSeries;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.value.istio.EnvoyStats;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts about services with streams, which have no promise of latency: streams that break, end all at once, or wait.
 */
final class StreamAlerts {
    private static final String SERVICE = ServiceLabels.SHOWN;
    private static final String SELECTOR = ServiceLabels.ASKED;
    // Fewer streams end at once by chance.
    private static final int ENOUGH_STREAMS = 10;

    private StreamAlerts() {}

    static AlertGroup of(Settings settings) {
        List<StreamingService> services = settings.mesh().streaming();
        List<Alert> alerts = new ArrayList<>();
        if (!services.isEmpty()) {
            String budget = Slo.budget(settings.objectives().availability().value());
            alerts.add(broken(
                    Alert.critical("StreamBudgetBurnsFast")
                            .when(BurnRate.fast(StreamSeries::brokenRatio, budget), "2m"),
                    "at this rate a month's budget of broken streams is gone within five days at most"));
            alerts.add(broken(
                    Alert.warning("StreamBudgetBurnsSlowly")
                            .when(BurnRate.slow(StreamSeries::brokenRatio, budget), "15m"),
                    "at this rate the month's budget of broken streams will not last the month"));
            alerts.add(badGateway(services));
            alerts.add(lost());
            if (settings.recordsStreams()) {
                alerts.add(slow(settings.objectives().thresholdMillis()));
            }
        }
        return new AlertGroup("streams", alerts);
    }

    private static Alert broken(Alert.Draft draft, String consequence) {
        return drawn(draft)
                .summary("{{ $value | humanizePercentage }} of the requests to " + SERVICE + " break off after they"
                        + " began")
                .meaning("Clients were answered, and then the stream ended without either side's intent; %s. Streams"
                                .formatted(consequence)
                        + " that clients leave are not counted, nor those that never began.")
                .look(
                        "sum by (response_flags, source_workload, destination_version)"
                                + " (rate(istio_requests_total{reporter=\"source\",response_flags!=\"-\",%s}[5m]))"
                                        .formatted(SELECTOR),
                        "Why they end, on which hop, and of which version:")
                .look(
                        "changes(kube_pod_container_status_restarts_total{namespace=\"NAMESPACE\"}[1h])",
                        "Whether pods restart:")
                .causes(
                        "`UC` or `UR`: pods of the service are replaced or crash, and all their streams with them.",
                        "`UT`: a route without `stream` brings them, whose timeout ends every one at the same age.",
                        "`SI`: nothing was sent for as long as the proxy waits; the heartbeat is slower than that, or"
                                + " missing.",
                        "`DT` or `UMSDR`: a longest life of requests or connections is set somewhere.",
                        "`OM`: the proxy is short of memory.")
                .actions(
                        "Compare with the releases of the service: a roll-out ends each stream of the old pods once.",
                        "If they end at the same age, send one through `meshwright trace` and read which timeout decides.",
                        "If they end when quiet, let the service send a heartbeat more often than every `heartbeat` of"
                                + " its route.",
                        "If pods crash, read the lines that they wrote before: `kubectl logs --previous`.");
    }

    private static Alert badGateway(List<StreamingService> services) {
        return drawn(Alert.warning("StreamsAnswerBadGateway"))
                .when("""
                    sum by (%1$s) (rate(istio_requests_total{reporter="source",%2$s,response_code="502"}[5m]))
                    / (%3$s > 0.02) > 0.01\
                    """.formatted(Slo.SERVICE, StreamingService.anyOf(services), Slo.REQUESTS), "5m")
                .summary("{{ $value | humanizePercentage }} of the requests to " + SERVICE + " are answered with 502")
                .meaning("502 is no answer of Istio's for a service that is down, which is 503: a proxy read an answer"
                        + " that it could not understand, or the application, a gateway itself, got none from behind.")
                .look(
                        "sum by (response_flags, destination_version) (rate(istio_requests_total{reporter=\"source\","
                                + "response_code=\"502\",%s}[5m]))".formatted(SELECTOR),
                        "Whose they are; with the flag - the application's own:")
                .causes(
                        "With `-`: the application waits for the stream's end, or for less time than the stream lasts,"
                                + " before it passes anything on.",
                        "With `UPE` or `DPE`: something between buffers the answer or breaks its framing.",
                        "The service behind ended in the middle of an answer.")
                .actions(
                        "Look in the trace of one such request for the hop that answers 502 first.",
                        "In Spring Cloud Gateway, switch off filters that read bodies and response timeouts for the"
                                + " stream's route.",
                        "Ask the service behind directly: `curl -N` from a pod that may call it.");
    }

    private static Alert lost() {
        return drawn(Alert.warning("StreamsEndTogether"))
                .when("""
                    %1$s < 0.3 * %1$s offset 5m
                    and %1$s offset 5m >= %2$d\
                    """.formatted(StreamSeries.OPEN, ENOUGH_STREAMS), "1m")
                .summary("Only {{ $value }} streams of " + SERVICE + " are left of those of five minutes ago")
                .meaning("More than two thirds of the open streams of a service ended within five minutes: every client"
                        + " was thrown out and asks again at once.")
                .look(
                        "sum by (pod) (%s{%s=~\"inbound.*\",namespace=\"NAMESPACE\"})"
                                .formatted(EnvoyStats.OPEN_REQUESTS, EnvoyStats.CLUSTER),
                        "How many each pod has:")
                .look(
                        "sum by (response_flags) (rate(istio_requests_total{reporter=\"source\",%s}[5m]))"
                                .formatted(SELECTOR),
                        "How they ended:")
                .causes(
                        "Pods of the service, of the gateway, or of a caller between were replaced all at once.",
                        "The edge in front closed its connections.",
                        "It is the end of the day: then it is no fault.")
                .actions(
                        "Look whether a roll-out or a node's drain began at that time; `maxUnavailable` and a longer"
                                + " `terminationGracePeriodSeconds` let streams end one after the other.",
                        "Look whether clients come back: the number of open streams rises again within minutes.");
    }

    private static Alert slow(int thresholdMillis) {
        return drawn(Alert.warning("StreamsStartSlowly"))
                .when("%s > %d".formatted(LogSeries.FIRST_BYTE, thresholdMillis), "15m")
                .summary("Clients of streams of " + SERVICE
                        + " wait {{ $value | printf \"%.0f\" }} ms for the beginning")
                .meaning("The answer of a stream begins later than answers are promised. Access logs tell it when a"
                        + " stream has ended, so these are the streams that ended in the last quarter of an hour.")
                .look("%s{%s}".formatted(LogSeries.FIRST_BYTE, SELECTOR), "How it was before; draw a day of it:")
                .look("%s{%s}".formatted(StreamSeries.OPEN, SELECTOR), "Whether more streams are open than usually:")
                .causes(
                        "What the service asks before it begins is slow: a model, a database.",
                        "Each open stream holds a thread, and none is free.",
                        "The answer's headers are held back until the first event: send them at once.")
                .actions(
                        "Look in the trace of such a request for the span that takes the time.",
                        "If more streams are open than usually, add pods, or threads.",
                        "If the service asks a model, look at its limits and at what it answers when they are reached.");
    }

    private static Alert.Draft drawn(Alert.Draft draft) {
        return draft.graph("d/%s".formatted(StreamDashboard.UID));
    }
}
