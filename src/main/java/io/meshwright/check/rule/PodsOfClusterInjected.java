package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.Injector;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Pods that were read from a cluster carry the proxy that its injector puts into new ones. */
public final class PodsOfClusterInjected implements Check {
    private static final String PROXY = "istio-proxy";
    private static final String OWN_IMAGE = "sidecar.istio.io/proxyImage";
    private static final String VARIANT = "-(distroless|debug)";

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
        return "enabled".equals(namespace.labels().get("istio-injection"))
                ? Optional.of("default")
                : Optional.ofNullable(namespace.labels().get("istio.io/rev"));
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
        Finding finding = Rule.POD_WITHOUT_PROXY.at(
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
                : Optional.of(Rule.PROXY_IMAGES_DIFFER.at(
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
