package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.metrics.LogSeries;
import io.meshwright.construct.observability.settings.LogAlerts;
import io.meshwright.construct.observability.settings.LoggingService;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts that Loki makes of the lines that say that something failed: how many there are, and how many of each class of
 * exception and each message without what differs from one line to the next.
 */
final class MessageRules {
    private static final String CLASS =
            "\\b(?:[A-Za-z_][A-Za-z0-9_$]*[.])*(?:[A-Z][A-Za-z0-9_$]*(?:Exception|Error)|Error)\\b";
    private static final String LEVELS =
            "ERROR|FATAL|SEVERE|CRITICAL|PANIC|level[\"']?[:=] ?[\"']?(?:error|fatal|critical)";
    private static final String FAILURES = "%s|\\b(?:%s)\\b".formatted(CLASS, LEVELS);

    /** Class and message of the first exception, the message of a line in JSON, and what follows the level. */
    private static final String PARTS = """
            | regexp `(?P<exception>%s)(?:: *(?P<said>[^\\n\\\\"]*))?` \
            | regexp `"(?:message|msg)" *: *"(?P<text>[^"\\\\]*)` \
            | regexp `\\b(?:%s)\\b["',]* *(?P<rest>[^\\n]*)`\
            """.formatted(CLASS, LEVELS);

    /** A message without what is quoted, in brackets, a path, or has a digit; not more than 120 letters of it. */
    private static final String TEMPLATE = """
            | label_format template=`{{ $m := .rest }}{{ if .text }}{{ $m = .text }}{{ end }}\
            {{ if .exception }}{{ $m = .said }}{{ end }}\
            {{ $m = regexReplaceAll "\\"[^\\"]*\\"|\\\\[[^\\\\]]*\\\\]|\\\\{[^}]*\\\\}" $m "#" }}\
            {{ $m = regexReplaceAll "(^|[^A-Za-z])'[^']*'" $m "${1}#" }}\
            {{ $m = regexReplaceAll "[^ \\t]*[0-9/\\\\\\\\@][^ \\t]*" $m "#" }}\
            {{ $m = regexReplaceAll "#([^A-Za-z]*#)+" $m "#" }}\
            {{ $m = regexReplaceAll "[ \\t]+" $m " " }}\
            {{ if $m }}{{ trunc 120 $m }}{{ else }}-{{ end }}`\
            """;

    private MessageRules() {}

    /** The rule file. */
    static String text(LogAlerts alerts) {
        return ConfigText.yaml(Section.of(
                "groups",
                List.of(Section.of("name", "log-messages")
                        // Each line is read five times: its 15 minutes, every three.
                        .with("interval", "%dm".formatted(LogSeries.MINUTES_BETWEEN))
                        .with(
                                "rules",
                                alerts.services().stream()
                                        .flatMap(service ->
                                                Stream.of(messages(service, alerts.messages()), failures(service)))
                                        .toList()))));
    }

    private static Section messages(LoggingService service, int most) {
        return Section.of("record", LogSeries.MESSAGES)
                .with(
                        "expr",
                        "topk(%d, sum by (exception, template) (count_over_time(%s |~ `%s` %s %s [15m])))"
                                .formatted(most, LogRules.ownLines(service), FAILURES, PARTS, TEMPLATE))
                .with("labels", LogRules.labels(service));
    }

    /** Nothing is a number too: what was never counted cannot be told from what never failed otherwise. */
    private static Section failures(LoggingService service) {
        return Section.of("record", LogSeries.FAILURES)
                .with(
                        "expr",
                        "sum(count_over_time(%s |~ `%s` [15m])) or vector(0)"
                                .formatted(LogRules.ownLines(service), FAILURES))
                .with("labels", LogRules.labels(service));
    }
}
