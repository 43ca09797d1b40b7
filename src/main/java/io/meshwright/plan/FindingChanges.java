package io.meshwright.plan;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Findings of one side only; a finding is known again by its code, its object and its words. */
final class FindingChanges {
    private final Map<String, List<Finding>> old;
    private final Map<String, List<Finding>> young;

    FindingChanges(Side before, Side after) {
        this.old = byWords(before);
        this.young = byWords(after);
    }

    /** Those that only one side has. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        young.forEach((words, findings) -> more(findings, old.getOrDefault(words, List.of()))
                .forEach(finding -> changes.add(rule(finding.severity())
                        .of(subject(finding), told(finding))
                        .because(List.of(
                                "at %s".formatted(finding.place()), "the way out: %s".formatted(finding.remedy()))))));
        old.forEach((words, findings) -> more(findings, young.getOrDefault(words, List.of()))
                .forEach(finding -> changes.add(ChangeRule.FINDING_GONE.of(subject(finding), told(finding)))));
        changes.sort(null);
        return changes;
    }

    /** Those of the second side that the first has too. */
    Findings asBefore() {
        List<Finding> both = new ArrayList<>();
        young.forEach((words, findings) -> {
            int known = old.getOrDefault(words, List.of()).size();
            both.addAll(findings.subList(0, Math.min(findings.size(), known)));
        });
        return new Findings(both);
    }

    private static List<Finding> more(List<Finding> findings, List<Finding> others) {
        return findings.subList(Math.min(findings.size(), others.size()), findings.size());
    }

    private static Map<String, List<Finding>> byWords(Side side) {
        Map<String, List<Finding>> byWords = new TreeMap<>();
        side.findings()
                .all()
                .forEach(finding -> byWords.computeIfAbsent(
                                "%s %s %s".formatted(finding.rule().code(), finding.object(), finding.message()),
                                none -> new ArrayList<>(1))
                        .add(finding));
        return byWords;
    }

    private static String subject(Finding finding) {
        return finding.object().isEmpty() ? finding.place().file() : finding.object();
    }

    private static String told(Finding finding) {
        return "%s %s: %s".formatted(finding.severity().word(), finding.rule().code(), finding.message());
    }

    private static ChangeRule rule(Severity severity) {
        return switch (severity) {
            case ERROR -> ChangeRule.ERROR_ADDED;
            case WARNING -> ChangeRule.WARNING_ADDED;
            case INFO -> ChangeRule.NOTE_ADDED;
        };
    }
}
