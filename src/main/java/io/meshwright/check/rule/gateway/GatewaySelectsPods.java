package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.Nearby;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A Gateway whose selector means no pod opens no port anywhere. */
@AutoService(Inspection.class)
public final class GatewaySelectsPods implements Check {
    public static final Rule GATEWAY_SELECTS_NO_POD = Rule.error("MESH151", "gateway_selects_no_pod")
            .title("A Gateway selects no pod")
            .twins("IST0101", "KIA0302")
            .consequence("No port is opened and connections are refused.")
            .remedy("Use the labels of the gateway's pods; the namespace does not matter.");

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAY_SELECTS_NO_POD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        // Where the gateway's pods are installed elsewhere, no pod here carries such labels at all.
        Set<String> keys = new TreeSet<>();
        mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway() || isLabelled(pod))
                .map(Pod::labels)
                .forEach(labels -> keys.addAll(labels.keySet()));
        Nearby nearby = new Nearby(
                mesh.pods().all().stream().map(pod -> pod.source().manifest()).toList());
        Stream<Finding> none = mesh.gateways().claiming().stream()
                .filter(gateway -> !gateway.selector().isEmpty()
                        && mesh.gateways().pods(gateway).isEmpty())
                .flatMap(gateway -> finding(
                        mesh,
                        gateway,
                        nearby.isTelling(gateway.manifest())
                                && keys.containsAll(gateway.selector().labels().keySet())));
        return Stream.concat(none, mesh.gateways().all().stream().flatMap(gateway -> sidecars(mesh, gateway)));
    }

    /** As gateways usually are; istiod carries the label too, and tells nothing of them. */
    private static boolean isLabelled(Pod pod) {
        return !pod.labels().getOrDefault("istio", "pilot").equals("pilot");
    }

    /** Sidecars pass over Gateways, whatever their labels. */
    private static Stream<Finding> sidecars(Mesh mesh, Gateway gateway) {
        List<Pod> pods = mesh.gateways().pods(gateway);
        return pods.isEmpty() || !pods.stream().allMatch(pod -> pod.proxy().isSidecar() && !isWritten(pod))
                ? Stream.empty()
                : Stream.of(GATEWAY_SELECTS_NO_POD.at(
                        Source.of(gateway.manifest()).at("/spec/selector"),
                        "the pods of %s have a sidecar and no gateway's proxy, which alone opens servers"
                                .formatted(pods.get(0))));
    }

    private static Stream<Finding> finding(Mesh mesh, Gateway gateway, boolean telling) {
        if (gateway.manifest().kind().equals(Kind.INGRESS)) {
            return ingress(gateway, telling);
        }
        return !telling && UsualGateway.isMeant(mesh, gateway)
                ? Stream.empty()
                : Stream.of(Completeness.weighed(
                        GATEWAY_SELECTS_NO_POD.at(
                                Source.of(gateway.manifest()).at("/spec/selector"),
                                "no pod carries %s, so none of its servers is opened and connections are refused"
                                        .formatted(gateway.selector().labels())),
                        telling));
    }

    /** Of Ingresses the mesh configuration says which pods serve them, and each says nothing itself. */
    private static Stream<Finding> ingress(Gateway gateway, boolean telling) {
        return telling
                ? Stream.of(GATEWAY_SELECTS_NO_POD
                        .at(
                                Source.of(gateway.manifest()).at("/spec"),
                                "Istio serves Ingresses by pods that carry %s, and none does, so that this one is served by nobody"
                                        .formatted(gateway.selector().labels()))
                        .remedy("Say the labels of the gateway's pods in ingressSelector of the mesh configuration, and"
                                + " its Service in ingressService."))
                : Stream.empty();
    }

    /** True if the pod brings a proxy of its own, which may well be a gateway's. */
    private static boolean isWritten(Pod pod) {
        return pod.spec().path("containers").findValuesAsText("name").contains("istio-proxy");
    }
}
