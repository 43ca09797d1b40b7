package io.meshwright.check.rule.annotation;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.KnownAnnotation;
import io.meshwright.check.evidence.WrittenAnnotation;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An annotation that Istio has promised to keep is there after an upgrade too. */
@AutoService(Inspection.class)
public final class AnnotationLasts implements Check {
    public static final Rule ANNOTATION_DEPRECATED = Rule.info("MESH286", "annotation_deprecated")
            .title("An annotation is deprecated")
            .twins("IST0135")
            .consequence("It works until a later release removes it.")
            .remedy("Write what took its place.");

    public static final Rule ANNOTATION_ALPHA = Rule.info("MESH288", "annotation_alpha")
            .title("An annotation is in its first stage")
            .twins("IST0136")
            .consequence("It works, and a release may change or drop it.")
            .remedy("Look it up in the notes before each upgrade.");

    private static final String INJECT = IstioLabels.INJECT;

    // Istio's CNI plugin writes these onto pods that have no istio-init.
    private static final List<String> WRITTEN_BY_CNI = List.of(
            IstioAnnotations.INTERCEPTION_MODE,
            IstioAnnotations.INCLUDE_INBOUND_PORTS,
            IstioAnnotations.EXCLUDE_INBOUND_PORTS,
            IstioAnnotations.INCLUDE_OUTBOUND_RANGES);

    @Override
    public List<Rule> rules() {
        return List.of(ANNOTATION_DEPRECATED, ANNOTATION_ALPHA);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return WrittenAnnotation.all(mesh)
                .flatMap(written -> written.known().stream()
                        .flatMap(known -> Stream.of(deprecated(written, known), alpha(written, known))
                                .flatMap(Optional::stream)));
    }

    private static Optional<Finding> deprecated(WrittenAnnotation written, KnownAnnotation known) {
        boolean replaced = known.name().equals(INJECT);
        // Who writes the label too has only kept the annotation for old releases.
        return !known.deprecated() || replaced && written.labels().containsKey(INJECT)
                ? Optional.empty()
                : Optional.of(ANNOTATION_DEPRECATED.at(
                        written.source(),
                        "the annotation \"%s\" is deprecated"
                                .formatted(known.name())
                                .concat(replaced ? "; the label of that name took its place" : "")));
    }

    private static Optional<Finding> alpha(WrittenAnnotation written, KnownAnnotation known) {
        return !known.alpha()
                        || WRITTEN_BY_CNI.contains(known.name())
                                && isByCni(written.bearer().manifest())
                ? Optional.empty()
                : Optional.of(ANNOTATION_ALPHA.at(
                        written.source(),
                        "Istio calls the annotation \"%s\" alpha: a release may change or drop it"
                                .formatted(known.name())));
    }

    private static boolean isByCni(Manifest pod) {
        return pod.kind().equals(Kind.POD)
                && Fields.items(pod.at("/spec/initContainers")).stream()
                        .noneMatch(
                                container -> container.path("name").asText("").equals("istio-init"));
    }
}
