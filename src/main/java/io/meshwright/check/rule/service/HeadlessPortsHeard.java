package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenPort;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * DNS gives the addresses of pods for a headless Service, and who calls them asks for the port that the Service writes:
 * nobody maps it to the target, neither kube-proxy nor a sidecar (convertResolution, ORIGINAL_DST).
 */
@AutoService(Inspection.class)
public final class HeadlessPortsHeard implements Check {
    public static final Rule HEADLESS_TARGET_UNREAD = Rule.info("MESH428", "headless_target_unread")
            .title("A headless Service maps a port to another, which its callers do not heed")
            .consequence("Connections to the port are refused, unless the container listens there without saying so.")
            .remedy("Write the container's own port as port, or give the Service an address.");

    @Override
    public List<Rule> rules() {
        return List.of(HEADLESS_TARGET_UNREAD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return WrittenPort.all(mesh)
                .filter(written -> written.service().type() == Service.Type.HEADLESS)
                .flatMap(written -> finding(mesh, written).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, WrittenPort written) {
        List<Pod> pods = mesh.services().pods(written.service()).stream()
                .filter(pod -> !pod.ports().isEmpty())
                .toList();
        return pods.stream().anyMatch(written.port()::isHeardItself)
                ? Optional.empty()
                : pods.stream()
                        .filter(pod -> written.port().on(pod).isPresent())
                        .findFirst()
                        .map(pod -> HEADLESS_TARGET_UNREAD.at(
                                written.port().source(),
                                "callers reach port %d of %s itself, which no container declares; gateways alone go to %d"
                                        .formatted(
                                                written.port().number(),
                                                pod,
                                                written.port().on(pod).getAsInt())));
    }
}
