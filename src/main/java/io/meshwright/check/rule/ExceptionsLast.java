package io.meshwright.check.rule;

import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.Day;
import io.meshwright.value.InvalidValue;
import java.util.Map;
import java.util.stream.Stream;

/** An exception that outlives its last day is one that nobody thinks of any more; asked about a given day only. */
public final class ExceptionsLast {
    private static final String EXPIRES = "meshwright.io/expires";
    private static final String OWNER = "meshwright.io/owner";
    private static final String REASON = "meshwright.io/reason";

    private ExceptionsLast() {}

    /** Exceptions whose last day is before {@code today}, or no day at all. */
    public static Stream<Finding> over(Manifests manifests, Day today) {
        return manifests.all().stream()
                .flatMap(manifest -> manifest.annotations().entrySet().stream()
                        .filter(annotation ->
                                annotation.getKey().startsWith(EXPIRES) && isOver(annotation.getValue(), today))
                        .map(annotation -> finding(manifest, annotation)));
    }

    private static boolean isOver(String last, Day today) {
        try {
            return Day.of(last).compareTo(today) < 0;
        } catch (InvalidValue noDay) {
            return true;
        }
    }

    private static Finding finding(Manifest manifest, Map.Entry<String, String> annotation) {
        // Of one port, the annotations carry its number behind their names.
        String port = annotation.getKey().substring(EXPIRES.length());
        Map<String, String> all = manifest.annotations();
        return Rule.EXCEPTION_EXPIRED.at(
                Source.of(manifest).annotation(annotation.getKey()),
                "\"%s\" was the last day of this exception of %s: %s"
                        .formatted(
                                annotation.getValue(),
                                all.getOrDefault(OWNER + port, "nobody"),
                                all.getOrDefault(REASON + port, "no reason is written")));
    }
}
