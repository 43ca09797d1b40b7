package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.WrittenPort;
import io.meshwright.check.evidence.ambient.HeedingProxies;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Service says which protocol its ports speak, since a proxy that guesses waits for the client's first bytes. */
@AutoService(Inspection.class)
public final class PortProtocolNamed implements Check {
    public static final Rule PORT_PROTOCOL_GUESSED = Rule.warning("MESH261", "port_protocol_guessed")
            .title("The protocol of a port is guessed")
            .twins("IST0118", "KIA0601")
            .consequence("Routes, metrics and policies work only once the client has sent bytes that look like HTTP.")
            .remedy("Set appProtocol, or begin the port's name with http-, grpc- or tcp-.");

    public static final Rule APP_PROTOCOL_UNKNOWN = Rule.warning("MESH262", "app_protocol_unknown")
            .title("A port has an appProtocol that Istio does not know")
            .twins("KIA0602")
            .consequence("The protocol is guessed, whatever the port's name says.")
            .remedy("Write http, http2, https, tls, tcp, grpc, mongo, mysql or redis.");

    @Override
    public List<Rule> rules() {
        return List.of(PORT_PROTOCOL_GUESSED, APP_PROTOCOL_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        HeedingProxies proxies = new HeedingProxies(mesh);
        return WrittenPort.all(mesh)
                .filter(written -> written.isGuessed() && !ServerSpeaksFirst.isTold(written))
                .flatMap(written -> finding(mesh, proxies, written).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, HeedingProxies proxies, WrittenPort written) {
        ServicePort port = written.port();
        String application = written.body().path("appProtocol").asText("");
        // Ports of waypoints and ztunnels carry the mesh's own tunnel.
        if (application.equals("hbone")) {
            return Optional.empty();
        }
        return application.isEmpty()
                ? guessed(mesh.services().pods(written.service()), port, proxies.areThereFor(written.service()))
                : Optional.of(APP_PROTOCOL_UNKNOWN.at(
                        port.source().at("/appProtocol"),
                        "Istio does not know appProtocol \"%s\" and guesses the protocol, whatever the port's name says"
                                .formatted(application)));
    }

    /** A ztunnel carries bytes and guesses nothing, so that it takes another proxy to do so. */
    private static Optional<Finding> guessed(List<Pod> pods, ServicePort port, Truth guessing) {
        boolean outside = guessing.isNo()
                || !pods.isEmpty()
                        && pods.stream().allMatch(pod -> pod.proxy().inMesh().isNo());
        boolean inMesh = guessing.isYes()
                && pods.stream().anyMatch(pod -> pod.proxy().inMesh().isYes());
        return outside
                ? Optional.empty()
                : Optional.of(PORT_PROTOCOL_GUESSED
                        .at(
                                port.source(),
                                "Istio guesses the protocol of port %d (\"%s\") from the first bytes of each connection"
                                        .formatted(port.number(), port.name()))
                        .as(inMesh ? Severity.WARNING : Severity.INFO));
    }
}
