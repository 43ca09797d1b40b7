package io.meshwright.incident.report;

import io.meshwright.incident.Incident;
import io.meshwright.incident.cause.Cause;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.incident.mending.Mends;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.report.TextReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An explanation for people. */
public final class IncidentText {
    private final List<String> lines = new ArrayList<>();
    private final Function<Source, Optional<String>> lastChange;

    private IncidentText(Function<Source, Optional<String>> lastChange) {
        this.lastChange = lastChange;
    }

    /**
     * Line by line.
     *
     * @param mends the ways to mend it, with their plans
     * @param looks commands that tell more
     * @param runbook the page of an alert, where there is one
     * @param lastChange who changed a place last
     */
    public static List<String> of(
            Incident incident,
            Mends mends,
            List<String> looks,
            Optional<String> runbook,
            Function<Source, Optional<String>> lastChange) {
        IncidentText text = new IncidentText(lastChange);
        text.lines.add(seen(incident.evidence()));
        text.ways(incident);
        text.causes(incident);
        text.lines.addAll(MendingText.of(mends));
        text.list("to see more:", looks);
        runbook.ifPresent(page -> text.list("runbook:", List.of(page)));
        return text.lines;
    }

    /** {@code an access log line: GET shop.example.org/api, 403, rbac_access_denied}. */
    static String seen(Evidence evidence) {
        if (evidence.kind().isTable()) {
            return "%s: %d rows"
                    .formatted(evidence.kind().words(), evidence.labels().size());
        }
        String request = Stream.of(evidence.text(Field.METHOD), address(evidence))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        String end = Stream.of(
                        evidence.text(Field.RESPONSE_CODE),
                        evidence.value(Field.RESPONSE_FLAGS).orElse(evidence.text(Field.RESPONSE_FLAGS_LONG)),
                        evidence.text(Field.RESPONSE_CODE_DETAILS),
                        evidence.text(Field.UPSTREAM_CLUSTER),
                        evidence.alert().orElse(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return "%s: %s".formatted(evidence.kind().words(), request.isEmpty() ? end : "%s, %s".formatted(request, end));
    }

    private static String address(Evidence evidence) {
        return evidence.text(Field.AUTHORITY).concat(evidence.text(Field.PATH));
    }

    private void ways(Incident incident) {
        if (incident.ways().isEmpty()) {
            return;
        }
        Incident.Way first = incident.ways().get(0);
        lines.add("");
        lines.add(
                incident.explained()
                        ? "by these manifests it ends so:"
                        : "by these manifests it would end otherwise, so that something else interferes:");
        TextReport.of(first.request(), first.path())
                .forEach(line -> lines.add(line.isEmpty() ? "" : "  ".concat(line)));
        incident.ways().stream()
                .skip(1)
                .forEach(way ->
                        lines.add("  likewise from %s".formatted(way.request().from())));
    }

    private void causes(Incident incident) {
        if (incident.causes().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(incident.causes().size() == 1 ? "cause:" : "possible causes, the likeliest first:");
        for (Cause cause : incident.causes()) {
            lines.add("  - %s".formatted(cause.what()));
            cause.decidedBy().forEach(source -> {
                lines.add("    %s".formatted(source));
                lastChange.apply(source).ifPresent(change -> lines.add("    changed last %s".formatted(change)));
            });
            lines.add("    do: %s".formatted(cause.remedy()));
        }
    }

    private void list(String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add("");
            lines.add(title);
            entries.forEach(entry -> lines.add("  ".concat(entry)));
        }
    }
}
