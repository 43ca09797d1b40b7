package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.metrics.LogSeries;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.math.BigDecimal;
import java.util.List;

/**
 * Reads from access logs how long streams keep their clients waiting for the beginning of an answer. No metric of a
 * proxy tells it: their durations end with the stream. Envoy writes the line when a stream has ended, so that what is
 * open at this moment is not yet known.
 */
public final class StreamLines {
    // The beginning of a line of Istio's text format: time, method, path, protocol.
    private static final String PATH = "^\\[[^\\]]+\\] \"[A-Z]+ (?P<path>[^ \"]+) ";
    // Bytes received, bytes sent, milliseconds of the whole, and x-envoy-upstream-service-time: those up to the
    // answer's headers, before which nothing is written.
    private static final String BEGINNING = " [0-9]+ [0-9]+ [0-9]+ (?P<first>[0-9]+) \"";

    private StreamLines() {}

    /** Milliseconds up to the beginning, for a share of the streams such as 0.95, of what ended in 15 minutes. */
    public static String firstByte(StreamingService service, String share) {
        return """
            quantile_over_time(%1$s, {%2$s="%3$s",%4$s="%5$s",%6$s="%7$s"} |= ` inbound|` | regexp `%8$s` \
            | path=~`%9$s` | regexp `%10$s` | first!="" | unwrap first [15m]) by ()\
            """.formatted(
                        share,
                        LogLabels.NAMESPACE,
                        service.namespace(),
                        LogLabels.APP,
                        service.app(),
                        LogLabels.TYPE,
                        LogLabels.ACCESS,
                        PATH,
                        service.requests(),
                        BEGINNING);
    }

    /** The rule file. */
    static String text(Settings settings) {
        String share = BigDecimal.valueOf(settings.objectives().fast().value())
                .movePointLeft(2)
                .stripTrailingZeros()
                .toPlainString();
        return ConfigText.yaml(Section.of(
                "groups",
                List.of(Section.of("name", "log-streams")
                        .with("interval", "%dm".formatted(LogSeries.MINUTES_BETWEEN))
                        .with(
                                "rules",
                                settings.mesh().streaming().stream()
                                        .map(service -> recorded(service, share))
                                        .toList()))));
    }

    private static Section recorded(StreamingService service, String share) {
        return Section.of("record", LogSeries.FIRST_BYTE)
                .with("expr", firstByte(service, share))
                .with("labels", LogRules.labels(service.namespace(), service.name()));
    }
}
