package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.Injector;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Pods that were read from a cluster carry the proxy that its injector puts into new ones. */
@AutoService(Inspection.class)
public final class PodsOfClusterInjected implements Check {
    public static final Rule POD_WITHOUT_PROXY = Rule.warning("MESH289", "pod_without_proxy")
            .title("A pod of an injected namespace has no proxy")
            .twins("IST0103")
            .consequence("Its traffic is plain text and no policy acts on it.")
            .remedy(
                    "Delete the pod, so that the webhook sees the new one; see whether istiod was up when it was made.");

    public static final Rule PROXY_IMAGES_DIFFER = Rule.warning("MESH305", "proxy_images_differ")
            .title("Pods have another proxy than their injector puts into new ones")
            .twins("IST0158")
            .consequence("They speak an older release's configuration, and miss its repairs.")
            .remedy("Restart the workloads of the namespace.");

    private static final String PROXY = "istio-proxy";
    private static final String OWN_IMAGE = IstioAnnotations.PROXY_IMAGE;
    private static final String VARIANT = "-(distroless|debug)";

    @Override
    public List<Rule> rules() {
        return List.of(POD_WITHOUT_PROXY, PROXY_IMAGES_DIFFER);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, Injector> injectors = new TreeMap<>();
        mesh.installation().injectors().forEach(injector -> injectors.putIfAbsent(injector.revision(), injector));
        return Stream.concat(
                mesh.manifests().kind(Kind.POD).stream()
                        .flatMap(pod -> mesh.pods().of(pod).stream())
                        .flatMap(pod -> missing(mesh, pod).stream()),
                injectors.isEmpty()
                        ? Stream.empty()
                        : mesh.manifests().kind(Kind.NAMESPACE).stream()
                                .flatMap(namespace -> revision(namespace)
                                        .flatMap(revision -> Optional.ofNullable(injectors.get(revision)))
                                        .flatMap(Injector::image)
                                        .flatMap(image -> outdated(mesh, namespace, image))
                                        .stream()));
    }

    /** The revision whose injector a label of the namespace asks for. */
    private static Optional<String> revision(Manifest namespace) {
        return "enabled".equals(namespace.labels().get(IstioLabels.INJECTION))
                ? Optional.of("default")
                : Optional.ofNullable(namespace.labels().get(IstioLabels.REVISION));
    }

    private static Optional<Finding> missing(Mesh mesh, Pod pod) {
        boolean asked = mesh.namespaces()
                .manifest(pod.namespace())
                .flatMap(PodsOfClusterInjected::revision)
                .isPresent();
        if (!asked || !pod.proxy().inMesh().isYes() || image(pod).isPresent()) {
            return Optional.empty();
        }
        Manifest manifest = pod.source().manifest();
        boolean running =
                manifest.body().has("status") || manifest.at("/metadata").has("uid");
        Finding finding = POD_WITHOUT_PROXY.at(
                manifest,
                "its namespace is injected and the pod has no container istio-proxy: where it runs, it runs without"
                        + " one");
        return Optional.of(running ? finding : finding.as(Severity.INFO));
    }

    private static Optional<Finding> outdated(Mesh mesh, Manifest namespace, String image) {
        List<String> others = new ArrayList<>();
        for (Pod pod : mesh.pods().in(namespace.name())) {
            image(pod)
                    .filter(own -> !own.equals("auto")
                            && !own.replaceFirst(VARIANT + "$", "").equals(image)
                            && !pod.annotations().containsKey(OWN_IMAGE))
                    .ifPresent(own -> others.add(pod.name()));
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(PROXY_IMAGES_DIFFER.at(
                        namespace,
                        "the injector puts %s into new pods, and %s %s another"
                                .formatted(image, String.join(", ", others), others.size() == 1 ? "has" : "have")));
    }

    private static Optional<String> image(Pod pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> Fields.items(pod.spec().path(list)).stream())
                .filter(container -> container.path("name").asText("").equals(PROXY))
                .map(container -> container.path("image").asText(""))
                .findFirst();
    }
}
