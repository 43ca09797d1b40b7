package io.meshwright.trace.report;

import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathBranch;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.PathStep;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.List;

/** A way as text for people: a small picture, then each hop with what decided there, then how it ends. */
public final class TextReport {
    private final List<String> lines = new ArrayList<>();

    private TextReport() {}

    public static List<String> of(Request request, Path path) {
        TextReport report = new TextReport();
        report.lines.add("%s from %s".formatted(request, request.from()));
        report.lines.add("");
        report.picture(path, "  ");
        report.lines.add("");
        report.hops(path, "");
        report.lines.add("verdict: %s".formatted(path.verdict().summary()));
        return List.copyOf(report.lines);
    }

    private void picture(Path path, String indent) {
        String deeper = indent;
        for (PathHop hop : path.hops()) {
            lines.add("%s└─ %s".formatted(deeper, hop.where()));
            deeper = deeper.concat("   ");
        }
        if (path.branches().isEmpty()) {
            lines.add("%s└▶ %s".formatted(deeper, end(path.verdict())));
        }
        for (int index = 0; index < path.branches().size(); index++) {
            PathBranch branch = path.branches().get(index);
            boolean last = index == path.branches().size() - 1;
            lines.add("%s%s %s %s"
                    .formatted(deeper, last ? "└─" : "├─", DeliveryTarget.percent(branch.part()), branch.label()));
            picture(branch.path(), deeper.concat(last ? "   " : "│  "));
        }
    }

    private static String end(Verdict verdict) {
        if (verdict instanceof Verdict.Answered answered) {
            return "%d %s".formatted(answered.status(), answered.flag()).strip();
        }
        if (verdict instanceof Verdict.Closed) {
            return "closed";
        }
        return verdict.isDelivered() ? "delivered" : "unknown";
    }

    private void hops(Path path, String prefix) {
        for (PathHop hop : path.hops()) {
            lines.add(prefix.concat(hop.where()));
            for (PathStep step : hop.steps()) {
                lines.add("%s  - %s".formatted(prefix, step.what()));
                for (Source source : step.decidedBy()) {
                    lines.add("%s      %s".formatted(prefix, source));
                }
            }
        }
        if (!path.hops().isEmpty()) {
            lines.add("");
        }
        for (PathBranch branch : path.branches()) {
            lines.add("%s%s of the requests: %s"
                    .formatted(prefix, DeliveryTarget.percent(branch.part()), branch.label()));
            hops(branch.path(), prefix.concat("  "));
        }
    }
}
