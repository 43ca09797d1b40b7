package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import java.util.List;

/**
 * A finding in the words of a report, which can be kept and told again without the manifest that it is about.
 *
 * @param file where it is written, with line and column from 1
 * @param twins what Istio and Kiali call the same
 * @param object kind, namespace and name; empty for what could not be read as an object
 * @param construct path of the construct that made the object; empty when unknown
 * @param origin place and key of the environment file that decided it; empty when unknown
 */
public record Told(
        String file,
        int line,
        int column,
        Severity severity,
        String code,
        List<String> twins,
        String object,
        String message,
        String remedy,
        String construct,
        String origin) {
    public Told {
        twins = List.copyOf(twins);
    }

    public static Told of(Finding finding) {
        return new Told(
                finding.place().file(),
                finding.place().line(),
                finding.place().column(),
                finding.severity(),
                finding.rule().code(),
                List.copyOf(finding.rule().twins()),
                finding.object(),
                finding.message(),
                finding.remedy(),
                finding.constructPath().orElse(""),
                "");
    }

    /** The same with the place and key of an environment file. */
    public Told from(String decided) {
        return new Told(file, line, column, severity, code, twins, object, message, remedy, construct, decided);
    }

    /** The same with the construct that made the object. */
    public Told madeBy(String path) {
        return new Told(file, line, column, severity, code, twins, object, message, remedy, path, origin);
    }

    /** Findings in the order in which they are told. */
    public static List<Told> all(List<Finding> findings) {
        return findings.stream().map(Told::of).toList();
    }
}
