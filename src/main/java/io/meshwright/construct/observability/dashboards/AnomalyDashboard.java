package io.meshwright.construct.observability.dashboards;

import static io.meshwright.construct.observability.dashboards.Panel.series;
import static io.meshwright.construct.observability.dashboards.Query.metric;

import io.meshwright.construct.observability.metrics.AnomalyRules;
import io.meshwright.construct.observability.metrics.Signal;
import java.util.List;

/** One service beside its own past: each value that is watched, and the band in which it usually is. */
public final class AnomalyDashboard {
    /** Its {@code uid}, by which alerts lead here. */
    public static final String UID = "anomalies";

    private static final Variable NAMESPACE = new Variable(
            "namespace", "Namespace", "label_values(%s, destination_service_namespace)".formatted(AnomalyRules.LEVEL));
    private static final Variable SERVICE = new Variable(
            "service",
            "Service",
            "label_values(%s{destination_service_namespace=\"$namespace\"}, destination_service_name)"
                    .formatted(AnomalyRules.LEVEL));

    private AnomalyDashboard() {}

    static Dashboard anomalies() {
        return Dashboard.own(
                UID,
                "Unusual services",
                List.of(NAMESPACE, SERVICE),
                Row.of(
                        "As it is, and as it usually is at this time of the week",
                        banded("Requests", Unit.REQUESTS, Signal.REQUESTS),
                        banded("Failed", Unit.SHARE, Signal.ERRORS),
                        banded("95th percentile", Unit.MILLISECONDS, Signal.LATENCY),
                        banded("CPU of what is requested", Unit.SHARE, Signal.SATURATION),
                        banded("Log lines per second", Unit.PER_SECOND, Signal.LOGS)),
                Row.of(
                        "Everything that is unusual now",
                        Panel.table(
                                "Outside of their band",
                                Unit.NUMBER,
                                metric(
                                        "%1$s > %2$s or %1$s < %3$s"
                                                .formatted(AnomalyRules.LEVEL, AnomalyRules.UPPER, AnomalyRules.LOWER),
                                        "now"))));
    }

    private static Panel banded(String title, Unit unit, Signal signal) {
        String selector =
                "{destination_service_namespace=\"$namespace\",destination_service_name=\"$service\",%s=\"%s\"}"
                        .formatted(Signal.LABEL, signal.label());
        Panel panel = series(
                title,
                unit,
                metric(AnomalyRules.LEVEL.concat(selector), "now"),
                metric(AnomalyRules.UPPER.concat(selector), "usually at most"),
                metric(AnomalyRules.LOWER.concat(selector), "usually at least"));
        return panel.saying("No band: the first 8 days are not over, or there was too little traffic a week ago.");
    }
}
