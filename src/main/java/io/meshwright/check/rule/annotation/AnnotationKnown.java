package io.meshwright.check.rule.annotation;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenAnnotation;
import io.meshwright.check.evidence.metallb.MetalLbService;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** An annotation under Istio's or MetalLB's names is one that some release reads. */
@AutoService(Inspection.class)
public final class AnnotationKnown implements Check {
    public static final Rule ANNOTATION_UNKNOWN = Rule.warning("MESH284", "annotation_unknown")
            .title("An annotation is in Istio's or MetalLB's domain but unknown to it")
            .twins("IST0108")
            .consequence("It does nothing.")
            .remedy("Look for a misspelling; labels are no annotations.");

    @Override
    public List<Rule> rules() {
        return List.of(ANNOTATION_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Finding> ofIstio = WrittenAnnotation.all(mesh)
                .filter(written -> written.known().isEmpty())
                .map(written -> ANNOTATION_UNKNOWN.at(
                        written.source(), "no release of Istio reads the annotation \"%s\"".formatted(written.name())));
        Stream<Finding> ofMetalLb = mesh.services().all().stream()
                .flatMap(service -> MetalLbService.of(service).stream())
                .flatMap(service -> service.misspelt().stream()
                        .map(name -> ANNOTATION_UNKNOWN.at(
                                service.open().annotationAt(name),
                                "MetalLB reads no annotation \"%s\"".formatted(name))));
        return Stream.concat(ofIstio, ofMetalLb);
    }
}
