package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a Service says of its ports decides whether a proxy reads HTTP, waits for the first bytes, or passes them on.
 */
public final class ServicePorts implements Check {
    private static final Set<String> NAMES_OF_SERVER_FIRST = Set.of("mysql", "mariadb", "smtp", "ftp", "imap", "pop3");
    private static final Set<Integer> SERVER_FIRST = Set.of(21, 25, 110, 143, 3306, 33060);
    private static final Set<String> OUTSIDE =
            Set.of("kube-system", "kube-public", "kube-node-lease", "istio-system", "local-path-storage");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.services().all().stream()
                .filter(service ->
                        service.isWritten() && service.isKubernetes() && !OUTSIDE.contains(service.namespace()))
                .flatMap(service -> service.ports().stream().flatMap(port -> findings(mesh, service, port).stream()));
    }

    private static List<Finding> findings(Mesh mesh, Service service, ServicePort port) {
        List<Finding> findings = new ArrayList<>();
        JsonNode written = port.source().manifest().at(port.source().pointer());
        if (written.path("protocol").asText("TCP").equals("UDP")) {
            return findings;
        }
        boolean outside = !mesh.services().pods(service).isEmpty()
                && mesh.services().pods(service).stream()
                        .allMatch(pod -> pod.proxy().inMesh().isNo());
        if (port.protocol() == Protocol.SNIFFED && service.type() != Service.Type.EXTERNAL_NAME) {
            sniffed(mesh, service, port, written, outside).forEach(findings::add);
        }
        if (service.type() == Service.Type.EXTERNAL_NAME
                && !port.protocol().isHttp()
                && !port.protocol().isTls()) {
            findings.add(Rule.EXTERNAL_NAME_AS_TCP.at(
                    port.source(),
                    "port %d of an ExternalName Service is taken for TCP, whose listener catches %s"
                            .formatted(port.number(), "every call to that port")));
        }
        missing(mesh, service, port, findings);
        return findings;
    }

    private static Stream<Finding> sniffed(
            Mesh mesh, Service service, ServicePort port, JsonNode written, boolean outside) {
        Stream.Builder<Finding> findings = Stream.builder();
        String application = written.path("appProtocol").asText("");
        boolean first = SERVER_FIRST.contains(port.number())
                || NAMES_OF_SERVER_FIRST.stream().anyMatch(service.name()::contains);
        if (first) {
            findings.add(Rule.SERVER_FIRST_GUESSED.at(
                    port.source(),
                    "%s speaks first on port %d, whose protocol Istio guesses from the client's first bytes: %s"
                            .formatted(
                                    service.name(),
                                    port.number(),
                                    "both sides wait for the other and connections hang")));
        } else if (application.equals("hbone")) {
            // Ports of waypoints and ztunnels carry the mesh's own tunnel.
            return Stream.empty();
        } else if (!application.isEmpty()) {
            findings.add(Rule.APP_PROTOCOL_UNKNOWN.at(
                    port.source().at("/appProtocol"),
                    "Istio does not know appProtocol \"%s\" and guesses the protocol, whatever the port's name says"
                            .formatted(application)));
        } else if (!outside) {
            boolean inMesh = mesh.services().pods(service).stream()
                    .anyMatch(pod -> pod.proxy().inMesh() == Truth.YES);
            findings.add(Rule.PORT_PROTOCOL_GUESSED
                    .at(
                            port.source(),
                            "Istio guesses the protocol of port %d (\"%s\") from the first bytes of each connection"
                                    .formatted(port.number(), port.name()))
                    .as(inMesh ? Severity.WARNING : Severity.INFO));
        }
        return findings.build();
    }

    /**
     * A target that no container opens; containers need not declare ports, so only a named target or a declared list
     * tells.
     */
    private static void missing(Mesh mesh, Service service, ServicePort port, List<Finding> findings) {
        List<Pod> pods = mesh.services().pods(service).stream()
                .filter(pod -> !pod.ports().isEmpty() && !pod.proxy().isGateway())
                .toList();
        boolean none = !pods.isEmpty()
                && pods.stream().noneMatch(pod -> {
                    OptionalInt target = port.on(pod);
                    return target.isPresent()
                            && pod.ports().stream().anyMatch(declared -> declared.number() == target.getAsInt());
                });
        if (none) {
            Finding finding = Rule.TARGET_PORT_NOT_OPEN.at(
                    port.source(),
                    "port %d leads to target \"%s\", which no container of %s declares"
                            .formatted(
                                    port.number(),
                                    port.target().isEmpty() ? Integer.toString(port.number()) : port.target(),
                                    pods.get(0)));
            // A number that nobody declares may be open all the same, a name cannot.
            boolean named = pods.stream().allMatch(pod -> port.on(pod).isEmpty());
            findings.add(named ? finding : finding.as(Severity.INFO));
        }
    }
}
