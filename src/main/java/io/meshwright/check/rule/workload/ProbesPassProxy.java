package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenProbe;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Decision;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kubelet has no certificate: injection lets the proxy ask the container in its place, unless an annotation says no
 * (pkg/kube/inject/app_probe.go). A TCP probe only opens a connection, which the proxy takes.
 */
@AutoService(Inspection.class)
public final class ProbesPassProxy implements Check {
    public static final Rule PROBE_WITHOUT_CERTIFICATE = Rule.error("MESH359", "probe_without_certificate")
            .title("A probe comes in plain text to a port that takes mutual TLS only")
            .consequence("The pod never becomes ready, or is restarted for ever.")
            .remedy("Remove sidecar.istio.io/rewriteAppHTTPProbers, or leave the probe's port to the application by"
                    + " traffic.sidecar.istio.io/excludeInboundPorts.");

    @Override
    public List<Rule> rules() {
        return List.of(PROBE_WITHOUT_CERTIFICATE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar()
                        && "false".equalsIgnoreCase(pod.annotations().get(IstioAnnotations.REWRITE_PROBES)))
                .flatMap(pod ->
                        WrittenProbe.of(pod, "httpGet", "grpc").flatMap(probe -> finding(mesh, pod, probe).stream()));
    }

    private static Optional<Finding> finding(Mesh mesh, Pod pod, WrittenProbe probe) {
        if (!Capture.inbound(pod, probe.port())) {
            return Optional.empty();
        }
        Decision decision = mesh.peerAuthentications().of(pod, probe.port());
        return !decision.isStrict()
                ? Optional.empty()
                : Optional.of(PROBE_WITHOUT_CERTIFICATE.at(
                        probe.source(),
                        "the kubelet asks %s on port %d itself, and %s cuts it off"
                                .formatted(pod, probe.port(), decision.decider())));
    }
}
