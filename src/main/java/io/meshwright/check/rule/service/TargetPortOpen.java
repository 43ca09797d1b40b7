package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.WrittenPort;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A port of a Service leads to one that a container opens; containers need not declare ports, so only a named target or
 * a declared list tells.
 */
@AutoService(Inspection.class)
public final class TargetPortOpen implements Check {
    public static final Rule TARGET_PORT_NOT_OPEN = Rule.warning("MESH264", "target_port_not_open")
            .title("A Service leads to a port that its pods do not declare")
            .twins("KIA0701")
            .consequence("Connections are refused, unless the container listens there without saying so.")
            .remedy("Write the container's port or its name as targetPort.");

    @Override
    public List<Rule> rules() {
        return List.of(TARGET_PORT_NOT_OPEN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return WrittenPort.all(mesh).flatMap(written -> finding(mesh, written.service(), written.port()).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, Service service, ServicePort port) {
        List<Pod> pods = mesh.services().pods(service).stream()
                .filter(pod -> !pod.ports().isEmpty() && !pod.proxy().isGateway())
                .toList();
        boolean none = !pods.isEmpty()
                && pods.stream().noneMatch(pod -> {
                    OptionalInt target = port.on(pod);
                    return target.isPresent()
                            && pod.ports().stream().anyMatch(declared -> declared.number() == target.getAsInt());
                });
        if (!none) {
            return Optional.empty();
        }
        Finding finding = TARGET_PORT_NOT_OPEN.at(
                port.source(),
                "port %d leads to target \"%s\", which no container of %s declares"
                        .formatted(
                                port.number(),
                                port.target().isEmpty() ? Integer.toString(port.number()) : port.target(),
                                pods.get(0)));
        // A number that nobody declares may be open all the same, a name cannot.
        boolean named = pods.stream().allMatch(pod -> port.on(pod).isEmpty());
        return Optional.of(named ? finding : finding.as(Severity.INFO));
    }
}
