package io.meshwright.check.rule.firewall;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.firewall.NetworkPolicy.Admission;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Requests through a load balancer come from outside the cluster, and a NetworkPolicy lets them in. */
@AutoService(Inspection.class)
public final class GatewayLetIn implements Check {
    public static final Rule NETWORK_POLICY_BLOCKS_ROUTE = Rule.error("MESH220", "network_policy_blocks_route")
            .title("A NetworkPolicy blocks the way of a route")
            .consequence("Clients wait ten seconds and get 503 with flag UF.")
            .remedy("Admit the gateway's pods and namespace on the port of the pod, not the Service's.");

    @Override
    public List<Rule> rules() {
        return List.of(NETWORK_POLICY_BLOCKS_ROUTE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway() && isPublic(mesh, pod))
                .flatMap(pod -> mesh.gateways().listeners(pod).stream()
                        .flatMap(listener -> finding(mesh, pod, listener))
                        .limit(1));
    }

    private static boolean isPublic(Mesh mesh, Pod pod) {
        return mesh.services().selecting(pod).stream()
                .map(service -> service.source().manifest())
                .anyMatch(service -> service.kind().equals(Kind.SERVICE)
                        && service.text("/spec/type")
                                .filter("LoadBalancer"::equals)
                                .isPresent());
    }

    private static Stream<Finding> finding(Mesh mesh, Pod pod, Listener listener) {
        Admission admission = mesh.networkPolicies().ingress(NetworkPeer.outside(), pod, listener.port(), "TCP");
        return !admission.admitted().isNo()
                ? Stream.empty()
                : admission.decidedBy().stream()
                        .limit(1)
                        .map(place -> NETWORK_POLICY_BLOCKS_ROUTE
                                .at(
                                        place,
                                        ("a load balancer leads to port %d of %s, but no rule admits an address "
                                                        + "outside the cluster")
                                                .formatted(listener.port(), pod))
                                .remedy("Admit ipBlock 0.0.0.0/0, or the ranges of who stands in front."));
    }
}
