package io.meshwright.plan;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings of one side only; a finding is known again by its code, its object, under its new name too, and its words.
 */
final class FindingChanges {
    private final Map<String, List<Finding>> old;
    private final Map<String, List<Finding>> young;

    FindingChanges(Side before, Side after, ObjectChanges objects) {
        Map<String, String> renamed = new HashMap<>();
        objects.renamed()
                .forEach(each -> renamed.put(each.from().toString(), each.id().toString()));
        this.old = byWords(before, renamed);
        this.young = byWords(after, Map.of());
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

    private static Map<String, List<Finding>> byWords(Side side, Map<String, String> renamed) {
        Map<String, List<Finding>> byWords = new TreeMap<>();
        side.findings().all().forEach(finding -> {
            String about = finding.object().isEmpty() ? finding.place().file() : finding.object();
            String words =
                    "%s %s %s".formatted(finding.rule().code(), renamed.getOrDefault(about, about), finding.message());
            // a sentence may name a file, and the two sides may lie in two folders
            byWords.computeIfAbsent(
                            side.root().isEmpty() ? words : words.replace(side.root(), ""), none -> new ArrayList<>(1))
                    .add(finding);
        });
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
