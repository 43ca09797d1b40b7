package io.meshwright.check;

import com.google.auto.service.AutoService;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.MeshwrightNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Hides what people insist on with a written reason, in an annotation of the object or in an object of kind
 * Suppressions.
 */
@AutoService(Inspection.class)
public final class Suppressions implements Inspection {
    public static final Rule SUPPRESSION_WITHOUT_REASON = Rule.error("MESH111", "suppression_without_reason")
            .about(Rule.Subject.OBJECT)
            .title("A suppression does not say what it suppresses and why")
            .consequence("It suppresses nothing.")
            .remedy("Write \"CODE: reason\", with a code of this catalogue and a reason that a reviewer can judge.");

    public static final Rule SUPPRESSION_UNUSED = Rule.warning("MESH112", "suppression_unused")
            .about(Rule.Subject.OBJECT)
            .title("A suppression suppresses nothing")
            .consequence("It would silently hide the next finding of that code.")
            .remedy("Remove it.");

    /** One finding per line: {@code MESH121: the reason}. */
    static final String ANNOTATION = MeshwrightNames.IGNORE;

    static final Kind KIND = new Kind(MeshwrightNames.GROUP, "Suppressions");

    private final List<Suppression> valid = new ArrayList<>();
    private final List<Finding> refused = new ArrayList<>();

    /** Suppresses nothing. */
    public Suppressions() {}

    @Override
    public List<Rule> rules() {
        return List.of(SUPPRESSION_WITHOUT_REASON, SUPPRESSION_UNUSED);
    }

    static Suppressions of(Manifests manifests) {
        Suppressions suppressions = new Suppressions();
        manifests.all().forEach(suppressions::annotated);
        manifests.kind(KIND).forEach(suppressions::listed);
        return suppressions;
    }

    private void annotated(Manifest manifest) {
        String text = manifest.annotations().getOrDefault(ANNOTATION, "");
        Source place = Source.of(manifest).annotation(ANNOTATION);
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            String code = (colon < 0 ? line : line.substring(0, colon)).strip();
            add(place, code, manifest.toString(), colon < 0 ? "" : line.substring(colon + 1));
        });
    }

    private void listed(Manifest manifest) {
        for (int index = 0; index < manifest.at("/spec/suppressions").size(); index++) {
            Source place = Source.of(manifest).item("spec/suppressions", index);
            var entry = manifest.at(place.pointer());
            add(
                    place,
                    entry.path("code").asText(""),
                    entry.path("object").asText(""),
                    Fields.text(entry.path("reason")).orElse(""));
        }
    }

    private void add(Source place, String code, String object, String reason) {
        Optional<Rule> rule = Catalogue.rule(code).filter(known -> !rules().contains(known));
        if (rule.isEmpty()) {
            refused.add(
                    SUPPRESSION_WITHOUT_REASON.at(place, "\"%s\" is no code that can be suppressed".formatted(code)));
        } else if (object.isBlank() || reason.isBlank()) {
            refused.add(SUPPRESSION_WITHOUT_REASON.at(
                    place, "the suppression of %s has no %s".formatted(code, object.isBlank() ? "object" : "reason")));
        } else {
            valid.add(new Suppression(rule.get(), object.strip(), place));
        }
    }

    /** The findings that remain, and those about suppressions themselves. */
    Findings applyTo(Findings findings) {
        Set<Integer> used = new TreeSet<>();
        List<Finding> remaining = new ArrayList<>(refused);
        for (Finding finding : findings.all()) {
            List<Integer> hiding = indexesOf(finding);
            used.addAll(hiding);
            if (hiding.isEmpty()) {
                remaining.add(finding);
            }
        }
        Stream.iterate(0, index -> index < valid.size(), index -> index + 1)
                .filter(index -> !used.contains(index))
                .map(valid::get)
                .map(Suppression::unused)
                .forEach(remaining::add);
        return new Findings(remaining);
    }

    private List<Integer> indexesOf(Finding finding) {
        return Stream.iterate(0, index -> index < valid.size(), index -> index + 1)
                .filter(index -> valid.get(index).hides(finding))
                .toList();
    }

    private record Suppression(Rule rule, String object, Source place) {
        private static final String ANY_REST = "*";

        boolean hides(Finding finding) {
            boolean named = object.endsWith(ANY_REST)
                    ? finding.object().startsWith(object.substring(0, object.length() - 1))
                    : finding.object().equals(object);
            return finding.rule().equals(rule) && named;
        }

        Finding unused() {
            return SUPPRESSION_UNUSED.at(place, "%s is not found in %s any more".formatted(rule.code(), object));
        }
    }
}
