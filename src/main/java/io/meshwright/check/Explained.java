package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells what the findings of checks explain already of a suspicion. */
final class Explained {
    // By identity, and never walked: only looked up.
    private final Map<Manifest, List<Finding>> byObject = new IdentityHashMap<>();

    Explained(List<Finding> findings) {
        findings.forEach(finding -> finding.manifest()
                .ifPresent(object -> byObject.computeIfAbsent(object, none -> new ArrayList<>(1))
                        .add(finding)));
    }

    /**
     * True if an object that has a part in it has an error, or a finding that was weighed down since only a part of a
     * cluster is given; or if there is a warning about what decides.
     */
    boolean covers(Suspicion suspicion) {
        return suspicion.because().stream().map(Source::manifest).distinct().anyMatch(this::isDoubtful)
                || Stream.concat(suspicion.finding().source().stream(), suspicion.decisive().stream())
                        .anyMatch(this::isTold);
    }

    private boolean isDoubtful(Manifest object) {
        return of(object)
                .anyMatch(finding -> finding.isError()
                        || finding.severity() == Severity.INFO && finding.rule().severity() != Severity.INFO);
    }

    private boolean isTold(Source part) {
        return isDoubtful(part.manifest())
                || of(part.manifest())
                        .filter(finding -> finding.severity() == Severity.WARNING)
                        .anyMatch(finding -> isAbout(finding, part));
    }

    private Stream<Finding> of(Manifest object) {
        return byObject.getOrDefault(object, List.of()).stream();
    }

    private static boolean isAbout(Finding finding, Source part) {
        String told = finding.source().map(Source::pointer).orElse("");
        return isWithin(told, part.pointer()) || isWithin(part.pointer(), told);
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length() || outer.isEmpty() || inner.charAt(outer.length()) == '/');
    }
}
