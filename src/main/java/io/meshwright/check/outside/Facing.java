package io.meshwright.check.outside;

import io.meshwright.check.Severity;
import io.meshwright.check.evidence.GatewayPods;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.Cidr;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A gateway that clients from the internet reach, or may reach. */
public record Facing(Pod gateway, Severity severity) {
    /** All of a mesh: a warning where a Service is open to the internet, a note where none tells of it. */
    public static Stream<Facing> of(Mesh mesh) {
        return GatewayPods.of(mesh)
                .flatMap(gateway -> severity(mesh, gateway).map(severity -> new Facing(gateway, severity)).stream());
    }

    private static Optional<Severity> severity(Mesh mesh, Pod gateway) {
        List<OpenService> services = mesh.services().selecting(gateway).stream()
                .map(OpenService::new)
                .toList();
        if (services.isEmpty()) {
            return Optional.of(Severity.INFO);
        }
        return services.stream().anyMatch(service -> service.isOpen() && !service.isInternal() && !isPrivate(service))
                ? Optional.of(Severity.WARNING)
                : Optional.empty();
    }

    private static boolean isPrivate(OpenService service) {
        return !service.ranges().isEmpty() && service.ranges().stream().allMatch(Facing::isPrivate);
    }

    private static boolean isPrivate(String block) {
        try {
            return Cidr.of(block).isPrivate();
        } catch (InvalidValue none) {
            return false;
        }
    }
}
