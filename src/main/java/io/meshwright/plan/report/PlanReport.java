package io.meshwright.plan.report;

import io.meshwright.check.Findings;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Risk;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a report of a plan says.
 *
 * @param base what the first side is, in words
 * @param head what the second side is, in words
 * @param notes what a reader has to know about how the sides were made
 * @param plans one for each mesh, by its name
 * @param acceptances who looked at which change
 */
public record PlanReport(String base, String head, List<String> notes, List<Plan> plans, Acceptances acceptances) {
    private static final int ERRORS = 5;

    public PlanReport {
        notes = List.copyOf(notes);
        plans = List.copyOf(plans);
    }

    public Risk risk() {
        return Risk.highest(plans.stream().map(Plan::risk).toList());
    }

    public boolean isEmpty() {
        return plans.stream().allMatch(Plan::isEmpty);
    }

    /** Changes of that risk or a higher one which nobody has accepted. */
    public List<Change> open(Risk limit, Acceptances passing) {
        return plans.stream()
                .flatMap(plan -> plan.changes().stream())
                .filter(change -> change.risk().isAtLeast(limit)
                        && change.risk() != Risk.NONE
                        && passing.by(change).isEmpty())
                .toList();
    }

    /**
     * One line of a text as a reader may see it: without what moves a terminal's cursor, turns the direction of writing
     * or begins another line.
     */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").stripTrailing();
    }

    /** {@code 1 added, 2 changed, 0 removed}, and what else there is. */
    public static String counts(Plan plan) {
        List<String> parts = new ArrayList<>();
        for (String word : List.of("added", "changed", "removed", "renamed", "moved")) {
            long number = plan.objects().stream()
                    .filter(change -> ObjectLines.word(change).equals(word))
                    .count();
            boolean always = List.of("added", "changed", "removed").contains(word);
            if (number > 0 || always) {
                parts.add("%d %s".formatted(number, word));
            }
        }
        return String.join(", ", parts);
    }

    /**
     * Lines about what check finds on both sides: errors one by one, of the rest how many; none where it is nothing.
     */
    static List<String> asBefore(Plan plan) {
        Findings both = plan.asBefore();
        if (both.all().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("as before: %s".formatted(both.summary()));
        both.errors().stream()
                .limit(ERRORS)
                .forEach(error -> lines.add(
                        "still error %s %s: %s".formatted(error.rule().code(), error.object(), error.message())));
        if (both.errors().size() > ERRORS) {
            lines.add("and %d errors more".formatted(both.errors().size() - ERRORS));
        }
        return lines;
    }

    /** Returns the sentence about a plan that is empty. */
    public static String unchanged(Plan plan) {
        int moved = plan.objects().size();
        return moved == 0
                ? "no change"
                : "no change, %d %s in another file".formatted(moved, moved == 1 ? "object lies" : "objects lie");
    }
}
