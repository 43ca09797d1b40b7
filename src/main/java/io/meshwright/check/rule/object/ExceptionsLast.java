package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.CalendarCheck;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.Day;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.MeshwrightNames;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An exception that outlives its last day is one that nobody thinks of any more; asked about a given day only. */
@AutoService(Inspection.class)
public final class ExceptionsLast implements CalendarCheck {
    public static final Rule EXCEPTION_EXPIRED = Rule.error("MESH200", "exception_expired")
            .title("The last day of an exception is over")
            .consequence(
                    "Traffic flows as before, less protected than the mesh, and nobody answers for it any more. Found with"
                            + " --today only.")
            .remedy("Remove the exception, or let its owner say until when it is needed still.");

    private static final String EXPIRES = MeshwrightNames.EXPIRES;
    private static final String OWNER = MeshwrightNames.OWNER;
    private static final String REASON = MeshwrightNames.REASON;

    @Override
    public List<Rule> rules() {
        return List.of(EXCEPTION_EXPIRED);
    }

    @Override
    public Stream<Finding> run(Manifests manifests, Day today) {
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
        return EXCEPTION_EXPIRED.at(
                Source.of(manifest).annotation(annotation.getKey()),
                "\"%s\" was the last day of this exception of %s: %s"
                        .formatted(
                                annotation.getValue(),
                                all.getOrDefault(OWNER + port, "nobody"),
                                all.getOrDefault(REASON + port, "no reason is written")));
    }
}
