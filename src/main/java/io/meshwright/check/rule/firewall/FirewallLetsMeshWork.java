package io.meshwright.check.rule.firewall;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.firewall.NetworkPolicies;
import io.meshwright.mesh.firewall.NetworkPolicy;
import io.meshwright.mesh.firewall.NetworkPolicy.Direction;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A pod that may call anything at all needs names, its proxy needs istiod, and Prometheus needs the way to it. */
@AutoService(Inspection.class)
public final class FirewallLetsMeshWork implements Check {
    public static final Rule FIREWALL_STOPS_MESH = Rule.error("MESH228", "firewall_stops_mesh")
            .title("NetworkPolicies cut a pod off from what every pod of a mesh needs")
            .consequence("Names are not found, proxies never become ready, or metrics are missing.")
            .remedy("Let out to kube-dns on port 53 (UDP and TCP) and to istiod on port 15012, and let Prometheus in.");

    private static final int DNS = 53;
    private static final int OPENSHIFT_DNS = 5353;
    private static final int XDS = IstioPorts.XDS.value();
    private static final int HBONE = IstioPorts.HBONE.value();
    private static final String SCRAPE = "prometheus.io/scrape";
    private static final int MERGED_METRICS = IstioPorts.MERGED_METRICS.value();

    @Override
    public List<Rule> rules() {
        return List.of(FIREWALL_STOPS_MESH);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> !pod.spec().path("hostNetwork").asBoolean(false))
                .flatMap(pod -> Stream.of(
                                egress(mesh, pod),
                                ingress(mesh, pod),
                                tunnel(mesh, pod),
                                ProbesLetIn.findings(mesh, pod))
                        .flatMap(findings -> findings));
    }

    /** In ambient mode calls arrive through the tunnel, whatever port they are for. */
    private static Stream<Finding> tunnel(Mesh mesh, Pod pod) {
        List<NetworkPolicy> policies = pod.proxy().type() == Proxy.Type.ZTUNNEL
                ? mesh.networkPolicies().of(pod, Direction.INGRESS)
                : List.of();
        return policies.isEmpty()
                ? Stream.empty()
                : mesh.pods().all().stream()
                        .filter(caller -> caller != pod
                                && caller.proxy().inMesh().isYes()
                                && pod.ports().stream()
                                        .anyMatch(port -> mesh.networkPolicies()
                                                .ingress(NetworkPeer.of(caller), pod, port.number(), "TCP")
                                                .admitted()
                                                .isYes()))
                        .filter(caller -> mesh.networkPolicies()
                                .ingress(NetworkPeer.of(caller), pod, HBONE, "TCP")
                                .admitted()
                                .isNo())
                        .limit(1)
                        .map(caller -> FIREWALL_STOPS_MESH
                                .at(
                                        place(policies),
                                        ("%s may call %s, but not on port 15008, through which calls arrive in "
                                                        + "ambient mode")
                                                .formatted(caller, pod))
                                .remedy("Admit port 15008 beside the ports of the pod."));
    }

    private static Stream<Finding> egress(Mesh mesh, Pod pod) {
        List<NetworkPolicy> policies = mesh.networkPolicies().of(pod, Direction.EGRESS);
        boolean calls = policies.stream()
                .anyMatch(policy -> !policy.manifest().at("/spec/egress").isEmpty());
        List<String> lacking = new ArrayList<>();
        if (calls
                && !admits(mesh.networkPolicies(), pod, resolver(pod), DNS, "UDP")
                && !admits(mesh.networkPolicies(), pod, openShiftResolver(pod), OPENSHIFT_DNS, "UDP")) {
            lacking.add("port 53 of kube-dns, so no name can be found");
        }
        boolean cut = !policies.isEmpty()
                && pod.proxy().isSidecar()
                && istiod(mesh, pod).stream().noneMatch(peer -> admits(mesh.networkPolicies(), pod, peer, XDS, "TCP"));
        if (cut) {
            lacking.add("port 15012 of istiod, so the proxy never becomes ready");
        }
        return lacking.isEmpty()
                ? Stream.empty()
                : Stream.of(FIREWALL_STOPS_MESH
                        .at(
                                place(policies),
                                "no rule lets %s out to %s".formatted(pod, String.join(", nor to ", lacking)))
                        .as(cut ? Severity.ERROR : Severity.WARNING));
    }

    private static Source place(List<NetworkPolicy> policies) {
        return Source.of(policies.get(0).manifest());
    }

    /** True if a call is let through; whoever is let out to any address may reach a cache of names on the node. */
    private static boolean admits(NetworkPolicies firewall, Pod from, Pod to, int port, String transport) {
        return !firewall.egress(from, NetworkPeer.of(to), port, transport)
                        .admitted()
                        .isNo()
                || !firewall.egress(from, NetworkPeer.outside(), port, transport)
                        .admitted()
                        .isNo();
    }

    private static Pod resolver(Pod pod) {
        return Pod.gateway(pod.source(), "kube-system", "kube-dns", Map.of("k8s-app", "kube-dns"));
    }

    /** Only a policy for OpenShift names the namespace, the labels or the port. */
    private static Pod openShiftResolver(Pod pod) {
        return Pod.gateway(
                pod.source(),
                "openshift-dns",
                "dns-default",
                Map.of("dns.operator.openshift.io/daemonset-dns", "default"));
    }

    private static List<Pod> istiod(Mesh mesh, Pod pod) {
        List<Pod> installed = mesh.pods().all().stream()
                .filter(candidate -> candidate.labels().getOrDefault("app", "").equals("istiod"))
                .toList();
        return !installed.isEmpty()
                ? installed
                : List.of(Pod.gateway(
                        pod.source(),
                        mesh.config().rootNamespace(),
                        "istiod",
                        Map.of("app", "istiod", "istio", "pilot", IstioLabels.REVISION, "default")));
    }

    /** A Prometheus among the manifests that pods ask to read them. */
    private static Stream<Finding> ingress(Mesh mesh, Pod pod) {
        if (!pod.annotations().getOrDefault(SCRAPE, "").equals("true") || isPrometheus(pod)) {
            return Stream.empty();
        }
        boolean merged = pod.proxy().isSidecar() && mesh.config().prometheusMerge();
        String written =
                merged ? Integer.toString(MERGED_METRICS) : pod.annotations().getOrDefault("prometheus.io/port", "");
        return !written.matches("\\d{1,5}")
                ? Stream.empty()
                : mesh.pods().all().stream()
                        .filter(FirewallLetsMeshWork::isPrometheus)
                        .limit(1)
                        .filter(reader -> mesh.networkPolicies()
                                .ingress(NetworkPeer.of(reader), pod, Integer.parseInt(written), "TCP")
                                .admitted()
                                .isNo())
                        .map(reader -> FIREWALL_STOPS_MESH
                                .at(
                                        place(mesh.networkPolicies().of(pod, Direction.INGRESS)),
                                        "no rule lets %s in to port %s of %s, so its metrics are missing"
                                                .formatted(reader, written, pod))
                                .as(Severity.WARNING));
    }

    private static boolean isPrometheus(Pod pod) {
        return pod.spec().path("containers").findValuesAsText("image").stream()
                .anyMatch(image -> image.contains("prom/prometheus") || image.contains("prometheus/prometheus"));
    }
}
