package io.meshwright.incident.report;

import io.meshwright.incident.mending.Mends;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.request.RequestChanges;
import java.util.ArrayList;
import java.util.List;

/** The ways to mend an incident and their plans as lines. */
final class MendingText {
    private static final int MOST = 6;

    private MendingText() {}

    static List<String> of(Mends mends) {
        List<String> lines = new ArrayList<>();
        if (!mends.planned().isEmpty()) {
            lines.add("");
            lines.add(
                    "ways to mend by a change of one object, the least risk first (of what synth wrote, its environment file is changed instead):");
            mends.planned().forEach(planned -> planned(planned, lines));
        }
        if (!mends.unplanned().isEmpty()) {
            lines.add("");
            lines.add("no plan of a change, since:");
            mends.unplanned().forEach(reason -> lines.add("  - ".concat(reason)));
        }
        return lines;
    }

    private static void planned(Mends.Planned planned, List<String> lines) {
        lines.add("  - %s: %s"
                .formatted(
                        planned.mending().place().manifest(), planned.mending().what()));
        lines.add("    %s".formatted(planned.mending().place().place()));
        lines.add("    ".concat(request(planned)));
        lines.add("    risk: %s".formatted(planned.risk().word()));
        List<Change> told = told(planned);
        told.stream()
                .limit(MOST)
                .forEach(change ->
                        lines.add("      %s %s".formatted(change.risk().word(), change)));
        if (told.size() > MOST) {
            lines.add("      and %d more".formatted(told.size() - MOST));
        }
        String asked = asked(planned.plan().requests());
        if (!asked.isEmpty()) {
            lines.add("      ".concat(asked));
        }
        planned.mending().mind().ifPresent(sentence -> lines.add("    mind: %s".formatted(sentence)));
    }

    /** The changes that a reviewer would look at, without those that only tell that something is to be applied. */
    static List<Change> told(Mends.Planned planned) {
        return planned.plan().changes().stream()
                .filter(change -> change.risk() != Risk.NONE || change.rule() == ChangeRule.FINDING_GONE)
                .toList();
    }

    private static String request(Mends.Planned planned) {
        if (planned.after().isEmpty()) {
            return "which request it was is not told, so that only the cluster tells whether it helps";
        }
        return planned.before().equals(planned.after())
                ? "by these manifests the request ends as before, so that only the cluster tells whether it helps"
                : "the request: was %s; would be %s".formatted(planned.before(), planned.after());
    }

    private static String asked(RequestChanges requests) {
        if (requests.equal() == 0) {
            return "";
        }
        return requests.equal() == 1
                ? "1 request of the manifests ends as before"
                : "%d requests of the manifests end as before".formatted(requests.equal());
    }
}
