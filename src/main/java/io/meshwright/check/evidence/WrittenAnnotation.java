package io.meshwright.check.evidence;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An annotation of Istio's that somebody wrote on an object or on the template of a pod. */
public record WrittenAnnotation(Source bearer, String kind, Map<String, String> labels, String name, String value) {
    private static final List<Kind> KINDS =
            List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.ROLLOUT);
    // istiod and the injector write these themselves.
    private static final List<String> WRITTEN_BY_ISTIO =
            List.of(IstioAnnotations.STATUS, IstioAnnotations.CONTROLLER_VERSION, IstioLabels.REVISION);

    public static Stream<WrittenAnnotation> all(Mesh mesh) {
        Stream<WrittenAnnotation> objects = KINDS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(object -> of(Source.of(object), object.kind().name(), object.labels(), object.annotations()));
        Stream<WrittenAnnotation> pods = mesh.pods().all().stream()
                .filter(pod -> !pod.spec().isMissingNode()
                        || pod.source().manifest().kind().equals(Kind.POD))
                .flatMap(pod -> of(pod.source(), "Pod", pod.labels(), pod.annotations()))
                .filter(found -> !mesh.installation().capture().containsKey(found.name())
                        || !found.source().value().isMissingNode());
        return Stream.concat(objects, pods);
    }

    private static Stream<WrittenAnnotation> of(
            Source bearer, String kind, Map<String, String> labels, Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .filter(entry -> KnownAnnotation.isIstios(entry.getKey()) && !WRITTEN_BY_ISTIO.contains(entry.getKey()))
                .map(entry -> new WrittenAnnotation(bearer, kind, labels, entry.getKey(), entry.getValue()));
    }

    public Source source() {
        return bearer.annotation(name);
    }

    /** Empty for one that no release of Istio reads. */
    public Optional<KnownAnnotation> known() {
        return KnownAnnotation.of(name);
    }
}
