package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.text.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The collector's processor that takes out of lines and spans what is nobody's business. */
final class RedactProcessor {
    /** Its name in a configuration. */
    static final String NAME = "transform/redact";

    private static final String QUERY = "replace_pattern(%s[\"%s\"], \"=[^&]*\", \"=(hidden)\")";

    private RedactProcessor() {}

    /**
     * For a collector that takes lines and spans. Each part of a span is a group of its own: statements of one group
     * are done where the innermost of them is at home, for each event of a span, say, and not at all without events.
     */
    static Section ofAll() {
        List<String> span = new ArrayList<>(attributes("span.attributes"));
        span.addAll(text("span.name"));
        span.addAll(text("span.status.message"));
        return ofLogs().with(
                        "trace_statements",
                        List.of(
                                group(attributes("resource.attributes")),
                                group(span),
                                group(attributes("spanevent.attributes"))));
    }

    /** For an agent that reads files: of its attributes each is its own, such as the file's path. */
    static Section ofFiles() {
        return Section.of("error_mode", "ignore").with("log_statements", List.of(group(text("log.body"))));
    }

    /**
     * Of a body that is no text its JSON is made, as Loki does; numbers become text, because a card number is one. One
     * statement that fails leaves the others to do their part.
     */
    private static Section ofLogs() {
        List<String> statements = new ArrayList<>();
        statements.add("set(log.body, String(log.body)) where not IsString(log.body)");
        statements.addAll(text("log.body"));
        statements.add("flatten(log.attributes)");
        statements.add("stringify_all(log.attributes)");
        statements.addAll(attributes("log.attributes"));
        return Section.of("error_mode", "ignore").with("log_statements", List.of(group(statements)));
    }

    private static Section group(List<String> statements) {
        return Section.of("statements", statements);
    }

    private static List<String> text(String target) {
        return Stream.concat(
                        Stream.of(Kind.glance(target)),
                        Redaction.kinds().stream().flatMap(kind -> kind.statements(target)))
                .toList();
    }

    /** Nested values are spread out first, for the functions look at the upmost ones only. */
    private static List<String> attributes(String target) {
        List<String> statements = new ArrayList<>();
        if (!target.startsWith("log.")) {
            statements.add("flatten(%s)".formatted(target));
        }
        statements.add("delete_matching_keys(%s, %s)".formatted(target, Rewrite.quoted(Redaction.SECRET_NAMES)));
        // A query string of its own has no question mark (semantic conventions: url.query).
        Stream.of("url.query", "http.query")
                .map(key -> QUERY.formatted(target, key))
                .forEach(statements::add);
        statements.addAll(text(target));
        return statements;
    }
}
