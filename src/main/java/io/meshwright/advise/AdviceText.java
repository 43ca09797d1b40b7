package io.meshwright.advise;

import io.meshwright.advise.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Advice as text for a terminal. */
public final class AdviceText {
    private AdviceText() {}

    /** Everything but the patch and its plan. */
    public static List<String> of(String environment, Snapshot snapshot, Advice advice, Review review) {
        List<String> lines = new ArrayList<>();
        int proposals = review.kept().size();
        lines.add("%s: %s from %d days until %s"
                .formatted(
                        environment,
                        proposals == 1 ? "1 proposal" : "%d proposals".formatted(proposals),
                        snapshot.days(),
                        Instant.ofEpochSecond(snapshot.time())));
        for (Review.Placed placed : review.kept()) {
            Proposal proposal = placed.proposal();
            lines.add("");
            for (int i = 0; i < proposal.edits().size(); i++) {
                lines.add("%s %s"
                        .formatted(placed.places().get(i), proposal.edits().get(i)));
            }
            proposal.evidence().forEach(sentence -> lines.add("  seen: ".concat(sentence)));
            lines.add("  wrong if: ".concat(proposal.wrongIf()));
        }
        notes(lines, "not to be told", advice.untold());
        notes(lines, "not to be written", review.refused());
        notes(lines, "told", advice.told());
        return lines;
    }

    private static void notes(List<String> lines, String title, List<Note> notes) {
        if (!notes.isEmpty()) {
            lines.add("");
            lines.add(title.concat(":"));
            notes.forEach(note -> lines.add("  ".concat(note.toString())));
        }
    }
}
