package io.meshwright.plan.security;

import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts that are true of one side, each with the subject that it is told about. */
final class Facts {
    private final SortedMap<String, Told> facts = new TreeMap<>();

    private record Told(String fact, String subject) {}

    /** @param fact which counts as the same on both sides if its text is the same */
    void add(String fact, String subject) {
        add(fact, fact, subject);
    }

    /** @param same which a fact has in common with those of the other side that count as the same */
    void add(String same, String fact, String subject) {
        facts.put(same, new Told(fact, subject));
    }

    /** Tells what is new and what is gone, by two rules. */
    static List<Change> changes(Facts before, Facts after, ChangeRule wider, ChangeRule narrower) {
        List<Change> changes = new ArrayList<>();
        told(after, before).forEach((fact, subject) -> changes.add(wider.of(subject, fact)));
        told(before, after).forEach((fact, subject) -> changes.add(narrower.of(subject, fact)));
        return changes;
    }

    private static Map<String, String> told(Facts one, Facts other) {
        Map<String, String> told = new TreeMap<>();
        one.facts.forEach((same, each) -> {
            if (!other.facts.containsKey(same)) {
                told.put(each.fact(), each.subject());
            }
        });
        return told;
    }
}
