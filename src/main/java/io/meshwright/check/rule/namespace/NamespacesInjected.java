package io.meshwright.check.rule.namespace;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Policies for sidecars in a namespace whose pods have none protect nothing; and beside injected namespaces, one
 * without a label leaves open whether somebody forgot it.
 */
@AutoService(Inspection.class)
public final class NamespacesInjected implements Check {
    public static final Rule NAMESPACE_NOT_INJECTED = Rule.warning("MESH279", "namespace_not_injected")
            .title("A namespace has policies for proxies, and pods without")
            .twins("IST0102")
            .restingOn(Kind.NAMESPACE)
            .consequence("The policies act on nothing.")
            .remedy("Label the namespace istio-injection: enabled, or disabled if that is meant.");

    public static final Rule NAMESPACE_INJECTED_BY_DEFAULT = Rule.info("MESH290", "namespace_injected_by_default")
            .title("A namespace is injected only because the mesh injects by default")
            .twins("IST0148")
            .consequence("Its pods come without proxies as soon as that setting is gone.")
            .remedy("Label the namespace istio-injection: enabled, or disabled if that is meant.");

    private static final List<Kind> FOR_PROXIES =
            List.of(Kind.AUTHORIZATION_POLICY, Kind.REQUEST_AUTHENTICATION, Kind.PEER_AUTHENTICATION, Kind.SIDECAR);
    private static final List<String> LABELS =
            List.of(IstioLabels.INJECTION, IstioLabels.REVISION, IstioLabels.DATAPLANE_MODE);
    private static final String INJECT = IstioLabels.INJECT;
    private static final Set<String> OF_KUBERNETES = Set.of("kube-system", "kube-public", "kube-node-lease");

    @Override
    public List<Rule> rules() {
        return List.of(NAMESPACE_NOT_INJECTED, NAMESPACE_INJECTED_BY_DEFAULT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        boolean mixed = mesh.manifests().kind(Kind.NAMESPACE).stream().anyMatch(NamespacesInjected::isInjected);
        return mesh.manifests().kind(Kind.NAMESPACE).stream()
                .filter(namespace -> LABELS.stream().noneMatch(namespace.labels()::containsKey))
                .filter(namespace -> !namespace.name().equals(mesh.config().rootNamespace()))
                .flatMap(namespace -> mesh.installation().injectsByDefault()
                        ? Stream.of(byDefault(namespace))
                        : findings(mesh, namespace, mixed));
    }

    private static boolean isInjected(Manifest namespace) {
        return "enabled".equals(namespace.labels().get(IstioLabels.INJECTION))
                || namespace.labels().containsKey(IstioLabels.REVISION);
    }

    private static Finding byDefault(Manifest namespace) {
        return NAMESPACE_INJECTED_BY_DEFAULT.at(
                namespace, "only enableNamespacesByDefault puts proxies into its pods, which no label here tells");
    }

    private static Stream<Finding> findings(Mesh mesh, Manifest namespace, boolean mixed) {
        List<Pod> pods = mesh.pods().in(namespace.name());
        boolean bare = pods.stream().allMatch(pod -> pod.proxy().type() == Proxy.Type.NONE);
        List<Manifest> policies = bare && !pods.isEmpty()
                ? FOR_PROXIES.stream()
                        .flatMap(kind -> mesh.manifests().kind(kind).stream())
                        .filter(policy -> policy.home().equals(namespace.name()))
                        .limit(1)
                        .toList()
                : List.of();
        if (!policies.isEmpty()) {
            return Stream.of(NAMESPACE_NOT_INJECTED.at(
                    namespace,
                    "no label asks for injection and no pod has a proxy, so %s and its like act on nothing"
                            .formatted(policies.get(0))));
        }
        boolean open = bare
                && !OF_KUBERNETES.contains(namespace.name())
                && (pods.isEmpty()
                        ? !isFilledElsewhere(mesh, namespace)
                        : pods.stream().anyMatch(pod -> !isMeant(pod)));
        return mixed && open
                ? Stream.of(NAMESPACE_NOT_INJECTED
                        .at(
                                namespace,
                                "other namespaces here are injected, and no label says that this one is not to be")
                        .as(Severity.INFO))
                : Stream.empty();
    }

    /** True if the pod itself says that it wants no proxy, or could not have one. */
    private static boolean isMeant(Pod pod) {
        return pod.labels().containsKey(INJECT)
                || pod.annotations().containsKey(INJECT)
                || pod.spec().path("hostNetwork").asBoolean(false);
    }

    /** True if a chart fills the namespace or Argo CD lives in it; nobody labels it here. */
    private static boolean isFilledElsewhere(Mesh mesh, Manifest namespace) {
        return HelmRelease.all(mesh.manifests()).stream()
                        .anyMatch(release -> release.namespace().equals(namespace.name()))
                || mesh.manifests().kind(Kind.APPLICATION).stream()
                        .anyMatch(application -> application.home().equals(namespace.name())
                                || application
                                        .text("/spec/destination/namespace")
                                        .filter(namespace.name()::equals)
                                        .isPresent());
    }
}
