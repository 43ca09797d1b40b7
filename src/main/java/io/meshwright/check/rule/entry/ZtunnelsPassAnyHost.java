package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPolicy;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** The outbound policy of the mesh is for sidecars; a ztunnel passes on what it does not know. */
@AutoService(Inspection.class)
public final class ZtunnelsPassAnyHost implements Check {
    public static final Rule ZTUNNEL_PASSES_ANY_HOST = Rule.warning("MESH431", "ztunnel_passes_any_host")
            .title("REGISTRY_ONLY does not hold pods in ambient mode")
            .consequence("Their calls to hosts that nobody declared leave the cluster, past ServiceEntries, waypoints"
                    + " and their policies.")
            .remedy("Let a NetworkPolicy of egress admit the pods to the cluster, DNS and the waypoint (port 15008)"
                    + " alone.");

    @Override
    public List<Rule> rules() {
        return List.of(ZTUNNEL_PASSES_ANY_HOST);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.config().outbound() != MeshConfig.Outbound.REGISTRY_ONLY
                ? Stream.empty()
                : mesh.config().source().stream()
                        .flatMap(source -> free(mesh)
                                .limit(1)
                                .map(pod -> ZTUNNEL_PASSES_ANY_HOST.at(
                                        place(source),
                                        "%s is in ambient mode, whose ztunnels do not heed the mode, and no NetworkPolicy restricts its calls"
                                                .formatted(pod))));
    }

    private static Source place(Source config) {
        return config.at("/outboundTrafficPolicy");
    }

    private static Stream<Pod> free(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isZtunnel()
                        && mesh.networkPolicies()
                                .of(pod, NetworkPolicy.Direction.EGRESS)
                                .isEmpty());
    }
}
