package io.meshwright.check.evidence;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Decision;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The port of a Service that a written call means, and what a pod with a proxy behind it demands of callers. */
public record CalledPort(Service service, ServicePort port, Decision decision) {
    /** Nothing for ports that no pod with a proxy serves; one for each such pod. */
    public static Stream<CalledPort> of(Mesh mesh, WrittenCall call) {
        return service(mesh, call)
                .flatMap(service -> service.port(call.port()).stream()
                        .flatMap(port -> mesh.services().pods(service).stream()
                                .filter(server -> server != call.caller())
                                .flatMap(server -> of(mesh, service, port, server).stream())));
    }

    /** Empty for a pod whose proxy does not see calls to the port. */
    public static Optional<CalledPort> of(Mesh mesh, Service service, ServicePort port, Pod server) {
        OptionalInt target = port.on(server);
        boolean proxied = server.proxy().isSidecar() || server.proxy().isZtunnel();
        return proxied && target.isPresent() && isCaptured(server, target.getAsInt())
                ? Optional.of(
                        new CalledPort(service, port, mesh.peerAuthentications().of(server, target.getAsInt())))
                : Optional.empty();
    }

    /** The Service that a call names by a name of any length. */
    public static Stream<Service> service(Mesh mesh, WrittenCall call) {
        String[] parts = call.host().split("\\.");
        boolean local = parts.length < 3
                || parts[2].equals("svc") && call.host().endsWith(".svc")
                || call.host().endsWith(".svc.".concat(mesh.config().domain()));
        String namespace = parts.length > 1 ? parts[1] : call.caller().namespace();
        return local ? mesh.services().kubernetes(namespace, parts[0]).stream() : Stream.empty();
    }

    private static boolean isCaptured(Pod server, int target) {
        return server.proxy().isZtunnel() || Capture.inbound(server, target);
    }

    /** The policy that decided, or {@code the mesh} where none did. */
    public String decider() {
        return decision.decider();
    }
}
