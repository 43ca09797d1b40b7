package io.meshwright.construct.observability.metrics;

import static io.meshwright.construct.observability.metrics.Slo.ERRORS;
import static io.meshwright.construct.observability.metrics.Slo.REQUESTS;
import static io.meshwright.construct.observability.metrics.Slo.SERVICE;
import static io.meshwright.construct.observability.metrics.Slo.SLOW;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * The recorded series: golden signals of every service and version, and the ratios that the burn-rate alerts compare.
 */
public final class RecordingRules {
    private static final String VERSION = SERVICE + ", destination_version, rollout_hash";

    private RecordingRules() {}

    public static String text(Settings settings) {
        List<Section> groups = new ArrayList<>(List.of(
                group("mesh-golden-signals", goldenSignals(settings)),
                group("mesh-versions", versions()),
                group("mesh-objectives", ratios())));
        if (!settings.mesh().streaming().isEmpty()) {
            groups.add(group("mesh-streams", StreamSeries.of(settings.mesh().streaming())));
        }
        return ConfigText.yaml(Section.of("groups", groups));
    }

    /**
     * Seen by the clients ({@code reporter="source"}), so that what never reached a service counts against it as well.
     */
    private static List<Recording> goldenSignals(Settings settings) {
        List<Recording> rules = new ArrayList<>();
        rules.add(new Recording(REQUESTS, """
            sum by (%s) (rate(istio_requests_total{reporter="source"}[5m]))\
            """.formatted(SERVICE)));
        rules.add(new Recording(ERRORS, failures(SERVICE, "reporter=\"source\"", REQUESTS)));
        rules.add(new Recording(SLOW, """
            sum by (%1$s) (rate(istio_request_duration_milliseconds_count{%2$s}[5m]))
            - sum by (%1$s) (rate(istio_request_duration_milliseconds_bucket{%2$s,le=~"%3$d(\\\\.0)?"}[5m]))\
            """.formatted(
                        SERVICE,
                        settings.mesh().withoutStreams("reporter=\"source\""),
                        settings.objectives().thresholdMillis())));
        for (int percentile : List.of(50, 95, 99)) {
            rules.add(new Recording(
                    "service:istio_request_duration_milliseconds:p%d".formatted(percentile),
                    """
                    histogram_quantile(0.%d, sum by (le, %s) (
                      rate(istio_request_duration_milliseconds_bucket{reporter="source"}[5m])))\
                    """.formatted(percentile, SERVICE)));
        }
        return rules;
    }

    /**
     * Seen by the servers, because only the pod that answered knows its version and rollout: a client that got no
     * answer cannot say from which version. Those requests count against the service, by {@link Slo#ERRORS}.
     */
    private static List<Recording> versions() {
        return List.of(
                new Recording("version:istio_requests:rate5m", """
                    sum by (%s) (rate(istio_requests_total{reporter="destination"}[5m]))\
                    """.formatted(VERSION)),
                new Recording(
                        "version:istio_request_errors:rate5m",
                        failures(VERSION, "reporter=\"destination\"", "version:istio_requests:rate5m")),
                new Recording("version:istio_request_duration_milliseconds:p95", """
                    histogram_quantile(0.95, sum by (le, %s) (
                      rate(istio_request_duration_milliseconds_bucket{reporter="destination"}[5m])))\
                    """.formatted(VERSION)));
    }

    /** Zero, not absent, while none fails. */
    private static String failures(String labels, String selector, String requests) {
        return """
            sum by (%s) (
              %s
            )
            or %s * 0\
            """.formatted(labels, Failures.rate(selector), requests);
    }

    private static List<Recording> ratios() {
        List<Recording> rules = new ArrayList<>();
        rules.add(new Recording(Slo.errorRatio("5m"), "%s / (%s > 0)".formatted(ERRORS, REQUESTS)));
        rules.add(new Recording(Slo.slowRatio("5m"), "%s / (%s > 0)".formatted(SLOW, REQUESTS)));
        for (String window : Slo.WINDOWS) {
            rules.add(ratio(Slo.errorRatio(window), ERRORS, window));
            rules.add(ratio(Slo.slowRatio(window), SLOW, window));
        }
        return rules;
    }

    private static Recording ratio(String name, String part, String window) {
        return new Recording(name, Slo.shareOver(part, REQUESTS, window));
    }

    private static Section group(String name, List<Recording> rules) {
        return Section.of("name", name)
                .with("rules", rules.stream().map(Recording::section).toList());
    }
}
