package io.meshwright.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Findings of the checks, by place and each rule once at a place, whatever the order of files. */
public record Findings(List<Finding> all) {
    public Findings {
        Map<String, Finding> once = new LinkedHashMap<>();
        all.stream()
                .sorted()
                .forEach(finding -> once.putIfAbsent(
                        "%s %s".formatted(finding.place(), finding.rule().code()), finding));
        all = List.copyOf(once.values());
    }

    public List<Finding> errors() {
        return of(Severity.ERROR);
    }

    public List<Finding> warnings() {
        return of(Severity.WARNING);
    }

    public List<Finding> of(Severity severity) {
        return all.stream().filter(finding -> finding.severity() == severity).toList();
    }

    /** True if the exit code is that of success; a strict reader takes warnings for errors. */
    public boolean isAcceptable(boolean strict) {
        return errors().isEmpty() && (!strict || warnings().isEmpty());
    }

    /** These and those of further sets of manifests. */
    public static Findings together(Collection<Findings> parts) {
        return new Findings(parts.stream().flatMap(part -> part.all().stream()).toList());
    }

    /** {@code 1 error, 2 warnings, 0 notes}. */
    public String summary() {
        return summary(severity -> of(severity).size());
    }

    /** The same for findings that were counted elsewhere. */
    public static String summary(ToIntFunction<Severity> number) {
        return String.join(
                ", ",
                count(number.applyAsInt(Severity.ERROR), "error"),
                count(number.applyAsInt(Severity.WARNING), "warning"),
                count(number.applyAsInt(Severity.INFO), "note"));
    }

    private static String count(int number, String word) {
        return "%d %s".formatted(number, number == 1 ? word : word.concat("s"));
    }
}
