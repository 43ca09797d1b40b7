package io.meshwright.trace.sample;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The servers of gateways to which clients outside come, with the port that they call. */
public final class Doors {
    /**
     * A server, and the namespace of the pods that heed routes for it.
     *
     * @param port which a client outside calls
     */
    public record Door(Server server, int port, String namespace) {
        /** A URL of that host there. */
        public String url(String host, String target) {
            String scheme = server.isTls() ? "https" : "http";
            return scheme + "://" + host + ":" + port + target;
        }
    }

    private Doors() {}

    /** Those of gateways whose pods are among the manifests, and of those that somebody else installs. */
    public static List<Door> of(Mesh mesh) {
        List<Door> doors = new ArrayList<>();
        mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .forEach(pod -> mesh.gateways()
                        .listeners(pod)
                        .forEach(listener -> open(mesh, pod, listener)
                                .findFirst()
                                .ifPresent(port -> listener.servers()
                                        .forEach(server ->
                                                doors.add(new Door(server, port.number(), pod.namespace()))))));
        if (mesh.pods().all().stream().noneMatch(pod -> pod.proxy().isGateway())) {
            mesh.gateways().claiming().forEach(gateway -> elsewhere(mesh, gateway, doors));
        }
        return doors;
    }

    private static Stream<ServicePort> open(Mesh mesh, Pod pod, Listener listener) {
        return mesh.services().selecting(pod).stream()
                .flatMap(service -> service.ports().stream()
                        .filter(port -> new OpenService(service)
                                .port(port.number())
                                .filter(open -> !open.onNode())
                                .isPresent())
                        .filter(port -> port.on(pod).stream().anyMatch(target -> target == listener.port())));
    }

    private static void elsewhere(Mesh mesh, Gateway gateway, List<Door> doors) {
        gateway.servers()
                .forEach(server ->
                        doors.add(new Door(server, server.port(), mesh.config().rootNamespace())));
    }
}
