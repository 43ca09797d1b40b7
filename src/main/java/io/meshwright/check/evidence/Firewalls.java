package io.meshwright.check.evidence;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPolicy.Admission;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.Optional;

/** Asks NetworkPolicies about a call, which may be for one port and come through a tunnel to another. */
public final class Firewalls {
    private Firewalls() {}

    /** Why a gateway's connection does not get to its pod. */
    public static Optional<Admission> refusal(Mesh mesh, GatewayConnection way) {
        return refusal(mesh, way.gateway(), way.service(), way.port(), way.server(), way.target());
    }

    /** Why a call of a service's port does not get to a pod's {@code target}, on that port or through the tunnel. */
    public static Optional<Admission> refusal(
            Mesh mesh, Pod client, Service service, ServicePort port, Pod server, int target) {
        Admission admission = mesh.networkPolicies().between(client, server, target);
        if (!admission.admitted().isNo()) {
            return Optional.empty();
        }
        int wire = mesh.clientTls()
                .outcome(client, service, port, Optional.empty(), server)
                .port(target);
        boolean blocked =
                mesh.networkPolicies().between(client, server, wire).admitted().isNo();
        return blocked ? Optional.of(admission) : Optional.empty();
    }
}
