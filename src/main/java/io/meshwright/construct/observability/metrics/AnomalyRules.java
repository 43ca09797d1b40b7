package io.meshwright.construct.observability.metrics;

import static io.meshwright.construct.observability.metrics.Slo.SERVICE;

import io.meshwright.construct.observability.settings.Anomalies;
import io.meshwright.construct.observability.settings.Mesh;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.WatchedService;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.Sensitivity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The band in which a service usually is, from its own past: the same hour yesterday and a week ago, and how much it
 * moved within an hour during the last 26. The idea and both offsets are those of grafana/promql-anomaly-detection; its
 * short-term band is left out, because one that follows the value of now hides what grows slowly.
 *
 * <p>There is no band, and so no warning, before there are eight days to look back at, nor where there was too little
 * traffic a week ago.
 */
public final class AnomalyRules {
    /** Series of one service at most: {@code AnomalyRulesTest} counts them. */
    public static final int SERIES_PER_SERVICE = 27;

    /** A value that is watched. */
    public static final String LEVEL = "anomaly:level";

    /** The band's ends. */
    public static final String UPPER = "anomaly:upper";

    public static final String LOWER = "anomaly:lower";

    /** The series that Loki counts and writes to Prometheus. */
    public static final String LINES = LogSeries.LINES;

    private static final String DEVIATION = "anomaly:deviation:1h";
    private static final String LONG_DEVIATION = "anomaly:deviation:26h";
    private static final String USUAL_MOST = "anomaly:usual:most";
    private static final String USUAL_LEAST = "anomaly:usual:least";
    private static final String A_WEEK_AGO = "167h30m";
    private static final String A_DAY_AGO = "23h30m";
    // A share of failures below which chance alone decides in a window of five minutes.
    private static final String CHANCE = "0.01";
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private final Anomalies anomalies;
    private final Mesh mesh;
    private final List<Recording> rules = new ArrayList<>();

    private AnomalyRules(Anomalies anomalies, Mesh mesh) {
        this.anomalies = anomalies;
        this.mesh = mesh;
    }

    /** The rule file. One group: each rule reads what those before it wrote a moment ago. */
    public static String text(Settings settings, Anomalies anomalies) {
        return ConfigText.yaml(Section.of(
                "groups",
                List.of(Section.of("name", "anomaly-bands")
                        .with("interval", "1m")
                        .with(
                                "rules",
                                new AnomalyRules(anomalies, settings.mesh())
                                        .all().stream().map(Recording::section).toList()))));
    }

    private List<Recording> all() {
        levels();
        rules.add(new Recording(DEVIATION, "stddev_over_time(%s[1h])".formatted(LEVEL)));
        rules.add(new Recording(LONG_DEVIATION, "avg_over_time(%s[26h])".formatted(DEVIATION)));
        rules.add(new Recording(USUAL_MOST, usual("max", LEVEL)));
        rules.add(new Recording(USUAL_LEAST, usual("min", selected(LEVEL, Signal.REQUESTS, ""))));
        anomalies.sensitivities().forEach(this::bands);
        return rules;
    }

    private void levels() {
        String watched = named(anomalies.services());
        level(Signal.REQUESTS, "%s{%s}".formatted(Slo.REQUESTS, watched));
        level(Signal.ERRORS, "%s{%s}".formatted(Slo.errorRatio("5m"), watched));
        // Not a number while nobody calls, which a comparison leaves out.
        level(
                Signal.LATENCY,
                "service:istio_request_duration_milliseconds:p95{%s} > 0".formatted(mesh.withoutStreams(watched)));
        anomalies.services().stream()
                .filter(service -> !service.workloads().isEmpty())
                .forEach(this::saturation);
        level(Signal.LOGS, "%s{%s}".formatted(LINES, watched));
    }

    private void saturation(WatchedService service) {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "destination_service_namespace",
                service.namespace().toString(),
                "destination_service_name",
                service.name().toString(),
                Signal.LABEL,
                Signal.SATURATION.label()));
        rules.add(new Recording(LEVEL, """
            sum(rate(container_cpu_usage_seconds_total{container!="",%1$s}[5m]))
            / sum(kube_pod_container_resource_requests{resource="cpu",%1$s})\
            """.formatted(service.pods()), labels));
    }

    private void level(Signal signal, String expression) {
        rules.add(new Recording(
                LEVEL, "sum by (%s) (%s)".formatted(SERVICE, expression), Map.of(Signal.LABEL, signal.label())));
    }

    /** Only where last week is known, and something was known eight days ago: a day alone knows nothing of weekends. */
    private static String usual(String end, String level) {
        return """
            %1$s without (back) (
              label_replace(avg_over_time(%2$s[1h] offset %3$s), "back", "week", "", "")
              or label_replace(avg_over_time(%2$s[1h] offset %4$s), "back", "day", "", "")
            )
            and avg_over_time(%2$s[1h] offset %3$s)
            and count_over_time(%2$s[1h] offset 8d)\
            """.formatted(end, level, A_WEEK_AGO, A_DAY_AGO);
    }

    private void bands(Sensitivity sensitivity) {
        String services = named(anomalies.with(sensitivity));
        for (Signal signal : Signal.values()) {
            rules.add(new Recording(
                    UPPER,
                    "(\n  %s\n  + %s\n)\n%s"
                            .formatted(
                                    selected(USUAL_MOST, signal, services),
                                    width(signal, sensitivity, services),
                                    whereBusy())));
        }
        rules.add(new Recording(
                LOWER,
                "clamp_min(\n  %s\n  - %s,\n  0\n)\n%s"
                        .formatted(
                                selected(USUAL_LEAST, Signal.REQUESTS, services),
                                width(Signal.REQUESTS, sensitivity, services),
                                whereBusy())));
    }

    private static String width(Signal signal, Sensitivity sensitivity, String services) {
        Signal.Width width = signal.width(sensitivity);
        String deviations = Signal.deviations(sensitivity);
        String usual = "%s * %s".formatted(width.share(), selected(USUAL_MOST, signal, services));
        String wide = larger("%s * %s".formatted(deviations, selected(LONG_DEVIATION, signal, services)), usual);
        if (signal == Signal.ERRORS) {
            // Of few requests a handful of failures is chance: the deviation of a share among those of five minutes.
            wide = larger("""
                    label_replace(%s * sqrt(%s / (300 * (%s > 0))), "signal", "errors", "", "")\
                    """.formatted(deviations, CHANCE, selected(LEVEL, Signal.REQUESTS, services)), wide);
        }
        return "clamp_min(%s, %s)".formatted(wide, width.least());
    }

    /** Of two values of a service the larger, and the other where there is but one. */
    private static String larger(String one, String other) {
        return "(%1$s > (%2$s) or %2$s)".formatted(one, other);
    }

    private String whereBusy() {
        BigDecimal perSecond =
                BigDecimal.valueOf(anomalies.minimumRequests()).divide(SECONDS_PER_MINUTE, MathContext.DECIMAL32);
        return "and on (%s) %s >= %s"
                .formatted(
                        SERVICE,
                        selected(USUAL_MOST, Signal.REQUESTS, ""),
                        perSecond.stripTrailingZeros().toPlainString());
    }

    private static String named(List<WatchedService> services) {
        return "destination_service_name=~\"%s\"".formatted(WatchedService.anyOf(services));
    }

    private static String selected(String series, Signal signal, String services) {
        String also = services.isEmpty() ? "" : ",".concat(services);
        return "%s{%s=\"%s\"%s}".formatted(series, Signal.LABEL, signal.label(), also);
    }
}
