package io.meshwright.incident;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The requests that may have left the evidence: what was asked is in the line, who asked often is not. */
final class SeenRequest {
    private static final int MOST_CALLERS = 200;
    private static final String EVERY_HOST = "*";
    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final Mesh mesh;
    private final Evidence evidence;

    SeenRequest(Mesh mesh, Evidence evidence) {
        this.mesh = mesh;
        this.evidence = evidence;
    }

    /** From outside where a gateway has the host, else by each workload; none where host or method is not told. */
    List<Request> candidates() {
        String authority = evidence.text(Field.AUTHORITY);
        if (isOfGateway(evidence.host())) {
            // A sidecar does not tell how the request came to the gateway.
            return Stream.of(isByTls(), !isByTls())
                    .map(tls -> tls ? HTTPS : HTTP)
                    .flatMap(scheme -> request(scheme, authority).map(this::withClient).stream())
                    .toList();
        }
        List<Request> all = new ArrayList<>();
        inside().ifPresent(request ->
                callers().forEach(caller -> from(request, caller).ifPresent(all::add)));
        return all;
    }

    /**
     * Tells whether the request came by TLS: as the line says, by the port of the gateway, or as the only servers of
     * the host ask it. Many write formats of their own, without what the client asked for in TLS.
     */
    private boolean isByTls() {
        if (Stream.of(Field.REQUESTED_SERVER_NAME, Field.DOWNSTREAM_TLS_VERSION)
                .anyMatch(field -> evidence.value(field).isPresent())) {
            return true;
        }
        return evidence.value(Field.X_FORWARDED_PROTO)
                .map(HTTPS::equalsIgnoreCase)
                .orElseGet(() -> {
                    List<Server> servers = listening().toList();
                    return !servers.isEmpty() && servers.stream().allMatch(Server::isTls);
                });
    }

    /** The servers of gateways for the host on the port of the line, or on any where it says none that they have. */
    private Stream<Server> listening() {
        List<Listener> listeners = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .flatMap(pod -> mesh.gateways().listeners(pod).stream())
                .toList();
        String address = evidence.text(Field.DOWNSTREAM_LOCAL_ADDRESS);
        List<Listener> meant = listeners.stream()
                .filter(listener -> address.endsWith(":%d".formatted(listener.port())))
                .toList();
        return (meant.isEmpty() ? listeners : meant)
                .stream()
                        .flatMap(listener -> listener.servers().stream())
                        .filter(server -> server.hostNames().stream()
                                .anyMatch(pattern -> HostName.within(evidence.host(), pattern)));
    }

    private boolean isOfGateway(String host) {
        return mesh.virtualServices().all().stream()
                .filter(service ->
                        service.gateways().stream().anyMatch(gateway -> !gateway.equals(VirtualService.MESH)))
                .flatMap(service -> service.hosts().stream())
                .anyMatch(
                        pattern -> HostName.within(host, pattern) && (!pattern.equals(EVERY_HOST) || !isService(host)));
    }

    /** By any name that a caller in the mesh may write; a gateway that takes every host is asked for others. */
    private boolean isService(String host) {
        return mesh.services().all().stream()
                .anyMatch(service -> service.host().equals(host)
                        || service.isKubernetes() && service.host().startsWith(host.concat(".")));
    }

    private Request withClient(Request request) {
        String address = evidence.value(Field.X_FORWARDED_FOR)
                .map(list -> list.split(",")[0].strip())
                .orElse(evidence.address(Field.DOWNSTREAM_REMOTE_ADDRESS));
        try {
            return address.isEmpty() ? request : request.clientIp(address.replaceAll("[\\[\\]]", ""));
        } catch (InvalidValue noAddress) {
            return request;
        }
    }

    private Optional<Request> inside() {
        String authority = evidence.text(Field.AUTHORITY);
        String port = evidence.called()
                .filter(cluster -> cluster.port().isPresent())
                .map(cluster -> ":%d".formatted(cluster.port().getAsInt()))
                .orElse("");
        return request(HTTP, authority.contains(":") ? authority : authority.concat(port));
    }

    private Optional<Request> request(String scheme, String authority) {
        String method = evidence.value(Field.METHOD).orElse("GET");
        String path = evidence.value(Field.PATH).orElse("/");
        if (authority.isEmpty() || !Request.isMethod(method)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Request.of(method, "%s://%s%s".formatted(scheme, authority, path)));
        } catch (InvalidValue otherForm) {
            // A path such as that of CONNECT or OPTIONS * is none of a URL.
            return Optional.empty();
        }
    }

    private Stream<String> callers() {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isOfApplication())
                .map(Pod::toString)
                .distinct()
                .limit(MOST_CALLERS);
    }

    private static Optional<Request> from(Request request, String caller) {
        try {
            return Optional.of(request.from(caller));
        } catch (InvalidValue nobody) {
            return Optional.empty();
        }
    }
}
