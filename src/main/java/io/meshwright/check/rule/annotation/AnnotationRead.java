package io.meshwright.check.rule.annotation;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AnnotationValue;
import io.meshwright.check.evidence.KnownAnnotation;
import io.meshwright.check.evidence.WrittenAnnotation;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An annotation acts only on the kind of object that Istio reads it from, with a value that Istio takes. */
@AutoService(Inspection.class)
public final class AnnotationRead implements Check {
    public static final Rule ANNOTATION_MISPLACED = Rule.warning("MESH283", "annotation_misplaced")
            .title("An annotation stands on a kind of object from which Istio does not read it")
            .twins("IST0107")
            .consequence("It does nothing.")
            .remedy("Move it: what is for pods belongs into the pod template.");

    public static final Rule ANNOTATION_INVALID = Rule.error("MESH285", "annotation_invalid")
            .title("The value of an annotation is not what Istio can read")
            .twins("IST0125")
            .consequence("The injector refuses the pod, or ignores the setting.")
            .remedy("Write a value of the form that is named.");

    @Override
    public List<Rule> rules() {
        return List.of(ANNOTATION_MISPLACED, ANNOTATION_INVALID);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return WrittenAnnotation.all(mesh)
                .flatMap(written -> written.known().flatMap(known -> finding(written, known)).stream());
    }

    private static Optional<Finding> finding(WrittenAnnotation written, KnownAnnotation known) {
        if (!known.isReadOn(written.kind())) {
            return Optional.of(ANNOTATION_MISPLACED.at(
                    written.source(),
                    "Istio reads \"%s\" on a %s and not on a %s"
                            .formatted(known.name(), String.join(" or ", known.kinds()), written.kind())));
        }
        return AnnotationValue.flaw(known.name(), written.value())
                .map(flaw -> ANNOTATION_INVALID.at(
                        written.source(), "%s: \"%s\" %s".formatted(known.name(), written.value(), flaw)));
    }
}
