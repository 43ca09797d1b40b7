package io.meshwright.check.rule.sidecar;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.SidecarIngress;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A listener that a Sidecar opens is called: one for what comes in has a port of the pod to which a Service leads, and
 * one for what goes out a port of a service that it imports (buildInboundChainConfigs, serviceMatchingListenerPort).
 */
@AutoService(Inspection.class)
public final class PortsOfSidecarsServed implements Check {
    public static final Rule SIDECAR_PORT_OF_NOBODY = Rule.warning("MESH409", "sidecar_port_of_nobody")
            .title("A Sidecar opens a port that nobody calls")
            .consequence(
                    "No call meets the listener; what comes to the pod's other ports passes as bytes, without rules of HTTP.")
            .remedy("Name the Service's targetPort in ingress, and a port of the imported services in egress.");

    @Override
    public List<Rule> rules() {
        return List.of(SIDECAR_PORT_OF_NOBODY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return Stream.concat(
                        mesh.pods().all().stream()
                                .filter(pod -> pod.proxy().isSidecar())
                                .flatMap(pod -> mesh.sidecars().ingress(pod).stream()
                                        .flatMap(listener -> uncalled(mesh, pod, listener).stream())),
                        mesh.manifests().kind(Kind.SIDECAR).stream()
                                .flatMap(sidecar -> Source.of(sidecar).items("spec/egress"))
                                .flatMap(listener -> unserved(mesh, completeness, listener).stream()))
                .distinct();
    }

    /** A port that containers declare may be called at the pod itself, as by a Prometheus. */
    private static Optional<Finding> uncalled(Mesh mesh, Pod pod, SidecarIngress listener) {
        List<Service> services = mesh.services().selecting(pod);
        boolean called = services.isEmpty()
                || services.stream()
                        .flatMap(service -> service.ports().stream())
                        .anyMatch(port -> port.on(pod).orElse(listener.port()) == listener.port())
                || pod.ports().stream().anyMatch(port -> port.number() == listener.port());
        return called
                ? Optional.empty()
                : Optional.of(SIDECAR_PORT_OF_NOBODY.at(
                        listener.source().at("/port/number"),
                        "no Service of %s leads to port %d of it%s"
                                .formatted(
                                        pod,
                                        listener.port(),
                                        services.stream()
                                                .flatMap(service -> service.port(listener.port()).stream())
                                                .findFirst()
                                                .map(port -> ": port %d of the Service leads to %d"
                                                        .formatted(
                                                                port.number(),
                                                                port.on(pod).orElse(port.targetNumber())))
                                                .orElse(""))));
    }

    private static Optional<Finding> unserved(Mesh mesh, Completeness completeness, Source listener) {
        Optional<Integer> port =
                Fields.number(listener.value().at("/port/number")).filter(number -> !isForAllPorts(listener));
        List<String> hosts = Fields.texts(listener.value().path("hosts"));
        Manifest sidecar = listener.manifest();
        // That of the root namespace means the namespace of each proxy by a dot.
        boolean any = sidecar.home().equals(mesh.config().rootNamespace());
        return port.filter(number -> hosts.stream().allMatch(entry -> isGiven(completeness, entry, sidecar))
                        && mesh.services().all().stream()
                                .filter(service -> service.port(number).isPresent())
                                .noneMatch(service ->
                                        hosts.stream().anyMatch(entry -> any || means(entry, sidecar, service))))
                .map(number -> SIDECAR_PORT_OF_NOBODY.at(
                        listener.at("/port/number"), "no service that it imports has port %d".formatted(number)));
    }

    /** A proxy of HTTP takes calls to every port of what it imports (needsPortMatch). */
    private static boolean isForAllPorts(Source listener) {
        return listener.value().at("/port/protocol").asText("").equalsIgnoreCase("HTTP_PROXY");
    }

    private static boolean means(String entry, Manifest sidecar, Service service) {
        String namespace = namespace(entry, sidecar);
        return (namespace.equals("*") || namespace.equals(service.namespace()))
                && HostName.overlap(service.host(), entry.substring(entry.indexOf('/') + 1));
    }

    private static String namespace(String entry, Manifest sidecar) {
        String namespace = entry.substring(0, Math.max(0, entry.indexOf('/')));
        return namespace.equals(".") ? sidecar.home() : namespace;
    }

    private static boolean isGiven(Completeness completeness, String entry, Manifest sidecar) {
        String namespace = namespace(entry, sidecar);
        return namespace.equals("~") || completeness.services(namespace);
    }
}
