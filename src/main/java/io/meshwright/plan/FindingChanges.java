package io.meshwright.plan;

import com.google.re2j.Pattern;
import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import io.meshwright.mesh.terms.Source;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings of one side only; a finding is known again by its code, severity, object, under its new name too, and words,
 * and one whose words differ by its code and the field: then it is told once, as another wording and not as new and
 * gone. An object as a whole may have several findings of one code, of which those are one that differ in numbers only.
 */
final class FindingChanges {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final Map<String, List<Finding>> old;
    private final Map<String, List<Finding>> young;
    private final List<Finding> gone = new ArrayList<>();
    private final List<Finding> added = new ArrayList<>();
    private final List<Reworded> reworded = new ArrayList<>();

    /** One finding as either side has it. */
    private record Reworded(Finding before, Finding after) {}

    FindingChanges(Side before, Side after, ObjectChanges objects) {
        Map<String, String> renamed = new HashMap<>();
        objects.renamed()
                .forEach(each -> renamed.put(each.from().toString(), each.id().toString()));
        this.old = byWords(before, renamed);
        this.young = byWords(after, Map.of());
        old.forEach((words, findings) -> gone.addAll(more(findings, young.getOrDefault(words, List.of()))));
        young.forEach((words, findings) -> added.addAll(more(findings, old.getOrDefault(words, List.of()))));
        pair(renamed);
    }

    private void pair(Map<String, String> renamed) {
        Map<String, Deque<Finding>> left = new TreeMap<>();
        gone.forEach(finding -> left.computeIfAbsent(spot(finding, renamed), none -> new ArrayDeque<>(1))
                .add(finding));
        List<Finding> others = new ArrayList<>();
        for (Finding finding : added) {
            Finding before = left.getOrDefault(spot(finding, Map.of()), new ArrayDeque<>(0))
                    .poll();
            if (before == null) {
                others.add(finding);
            } else {
                reworded.add(new Reworded(before, finding));
            }
        }
        added.clear();
        added.addAll(others);
        gone.clear();
        left.values().forEach(gone::addAll);
    }

    /** The part that two wordings of one finding have in common. */
    private static String spot(Finding finding, Map<String, String> renamed) {
        String about = subject(finding);
        String field = finding.source().map(Source::pointer).orElse("");
        return String.join(
                " ",
                finding.rule().code(),
                finding.severity().word(),
                renamed.getOrDefault(about, about),
                field,
                field.isEmpty() ? NUMBER.matcher(finding.message()).replaceAll("#") : "");
    }

    /** Those that only one side has, or has otherwise. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        added.forEach(finding -> changes.add(
                rule(finding.severity()).of(subject(finding), told(finding)).because(reasons(finding))));
        reworded.forEach(each -> changes.add(reworded(each)));
        gone.forEach(finding -> changes.add(ChangeRule.FINDING_GONE.of(subject(finding), told(finding))));
        changes.sort(null);
        return changes;
    }

    /** A note stays one, since nobody need look at it again. */
    private static Change reworded(Reworded each) {
        Finding finding = each.after();
        ChangeRule rule = finding.severity() == Severity.INFO ? ChangeRule.NOTE_ADDED : ChangeRule.FINDING_REWORDED;
        List<String> reasons =
                new ArrayList<>(List.of("before: %s".formatted(each.before().message())));
        reasons.addAll(reasons(finding));
        return rule.of(subject(finding), told(finding)).because(reasons);
    }

    private static List<String> reasons(Finding finding) {
        return List.of("at %s".formatted(finding.place()), "the way out: %s".formatted(finding.remedy()));
    }

    /** Those of the second side that the first has too, in the same words. */
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
            String words = String.join(
                    " ",
                    finding.rule().code(),
                    finding.severity().word(),
                    renamed.getOrDefault(about, about),
                    finding.message());
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
