package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An annotation acts only on the kind of object that Istio reads it from, under its right name, with a right value. */
public final class AnnotationsRead implements Check {
    private static final List<Kind> KINDS =
            List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.ROLLOUT);
    private static final String INJECT = "sidecar.istio.io/inject";
    // istiod and the injector write these themselves.
    private static final List<String> WRITTEN_BY_ISTIO =
            List.of("sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev");

    // Istio's CNI plugin writes these onto pods that have no istio-init.
    private static final List<String> WRITTEN_BY_CNI = List.of(
            "sidecar.istio.io/interceptionMode",
            "traffic.sidecar.istio.io/includeInboundPorts",
            "traffic.sidecar.istio.io/excludeInboundPorts",
            "traffic.sidecar.istio.io/includeOutboundIPRanges");

    private record Bearer(Source source, String kind, Map<String, String> labels, Map<String, String> annotations) {
        static Bearer of(Manifest object) {
            return new Bearer(Source.of(object), object.kind().name(), object.labels(), object.annotations());
        }

        static Bearer of(Pod pod) {
            return new Bearer(pod.source(), "Pod", pod.labels(), pod.annotations());
        }

        Source place(String name) {
            return source.annotation(name);
        }
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Bearer> objects = KINDS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .map(Bearer::of);
        Stream<Bearer> pods = mesh.pods().all().stream()
                .filter(pod -> !pod.spec().isMissingNode()
                        || pod.source().manifest().kind().equals(Kind.POD))
                .map(Bearer::of);
        return Stream.concat(objects, pods)
                .flatMap(bearer -> bearer.annotations().entrySet().stream()
                        .filter(entry ->
                                KnownAnnotation.isIstios(entry.getKey()) && !WRITTEN_BY_ISTIO.contains(entry.getKey()))
                        .flatMap(entry -> findings(bearer, entry.getKey(), entry.getValue())));
    }

    private static Stream<Finding> findings(Bearer bearer, String name, String value) {
        Optional<KnownAnnotation> known = KnownAnnotation.of(name);
        return known.isEmpty()
                ? Stream.of(Rule.ANNOTATION_UNKNOWN.at(
                        bearer.place(name), "no release of Istio reads the annotation \"%s\"".formatted(name)))
                : Stream.of(
                                deprecated(bearer, known.get()),
                                alpha(bearer, known.get()),
                                misplaced(bearer, known.get(), value))
                        .flatMap(Optional::stream);
    }

    private static Optional<Finding> misplaced(Bearer bearer, KnownAnnotation known, String value) {
        Source place = bearer.place(known.name());
        if (!known.isReadOn(bearer.kind())) {
            return Optional.of(Rule.ANNOTATION_MISPLACED.at(
                    place,
                    "Istio reads \"%s\" on a %s and not on a %s"
                            .formatted(known.name(), String.join(" or ", known.kinds()), bearer.kind())));
        }
        return AnnotationValue.flaw(known.name(), value)
                .map(flaw -> Rule.ANNOTATION_INVALID.at(place, "%s: \"%s\" %s".formatted(known.name(), value, flaw)));
    }

    private static Optional<Finding> deprecated(Bearer bearer, KnownAnnotation known) {
        // Who writes the label too has only kept the annotation for old releases.
        boolean replaced = known.name().equals(INJECT) && bearer.labels().containsKey(INJECT);
        return !known.deprecated() || replaced
                ? Optional.empty()
                : Optional.of(Rule.ANNOTATION_DEPRECATED.at(
                        bearer.place(known.name()),
                        "the annotation \"%s\" is deprecated%s"
                                .formatted(
                                        known.name(),
                                        known.name().equals(INJECT) ? "; the label of that name took its place" : "")));
    }

    private static Optional<Finding> alpha(Bearer bearer, KnownAnnotation known) {
        boolean byCni = WRITTEN_BY_CNI.contains(known.name())
                && bearer.source().manifest().kind().equals(Kind.POD)
                && Fields.items(bearer.source().manifest().at("/spec/initContainers")).stream()
                        .noneMatch(
                                container -> container.path("name").asText("").equals("istio-init"));
        return !known.alpha() || byCni
                ? Optional.empty()
                : Optional.of(Rule.ANNOTATION_ALPHA.at(
                        bearer.place(known.name()),
                        "Istio calls the annotation \"%s\" alpha: a release may change or drop it"
                                .formatted(known.name())));
    }
}
