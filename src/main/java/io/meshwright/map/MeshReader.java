package io.meshwright.map;

import io.meshwright.manifest.Manifest;
import io.meshwright.map.MapNode.Column;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads off a mesh what its map shows. */
final class MeshReader {
    private static final int MOST_CALLS = 40_000;

    private final Mesh mesh;
    private final Map<String, MapNode> nodes = new LinkedHashMap<>();
    private final Map<String, MapEdge> edges = new TreeMap<>();

    MeshReader(Mesh mesh) {
        this.mesh = mesh;
    }

    MapModel read() {
        gateways();
        services();
        boolean withCalls = calls();
        return new MapModel(List.copyOf(nodes.values()), List.copyOf(edges.values()), withCalls);
    }

    private void node(MapNode node) {
        nodes.merge(node.id(), node, (old, young) -> {
            Set<Manifest> objects = new LinkedHashSet<>(old.objects());
            objects.addAll(young.objects());
            return new MapNode(old.id(), old.label(), old.column(), old.namespace(), List.copyOf(objects));
        });
    }

    private void edge(String source, String target, String kind, String label, String detail) {
        MapEdge drawn = new MapEdge(source, target, kind, label, List.of(detail));
        edges.merge(drawn.id(), drawn, (old, young) -> {
            Set<String> details = new LinkedHashSet<>(old.details());
            details.addAll(young.details());
            String both = old.label().equals(young.label()) ? old.label() : "%d ways".formatted(details.size());
            return new MapEdge(source, target, kind, both, List.copyOf(details));
        });
    }

    private void gateways() {
        for (Gateway gateway : mesh.gateways().opening()) {
            if (nodes.isEmpty()) {
                node(new MapNode(MapModel.CLIENTS, "clients", Column.CLIENT, "", List.of()));
            }
            String id = "gateway ".concat(gateway.reference());
            List<Manifest> objects = new ArrayList<>(List.of(gateway.manifest()));
            mesh.gateways()
                    .pods(gateway)
                    .forEach(pod -> objects.add(pod.source().manifest()));
            node(new MapNode(id, gateway.reference(), Column.GATEWAY, "", objects));
            for (Server server : gateway.servers()) {
                String door = "%s %d".formatted(server.protocol(), server.port());
                edge(MapModel.CLIENTS, id, MapEdge.ROUTE, door, door);
                mesh.virtualServices()
                        .visible(server.gateway(), gateway.manifest().home())
                        .forEach(service -> server.served(
                                        service.hosts(), service.manifest().home())
                                .forEach(host -> host(id, server, host, service)));
            }
        }
    }

    private void host(String gateway, Server server, String host, VirtualService service) {
        String id = "host ".concat(host);
        node(new MapNode(id, host.equals("*") ? "every host" : host, Column.HOST, "", List.of(service.manifest())));
        String door = "%s %d%s"
                .formatted(
                        server.protocol(),
                        server.port(),
                        server.redirectsToHttps()
                                ? ", redirected to https"
                                : server.isTls() ? ", TLS " + server.tls().mode() : "");
        edge(gateway, id, MapEdge.ROUTE, "%s %d".formatted(server.protocol(), server.port()), door);
        for (HttpRoute route : mesh.virtualServices().routes(service)) {
            for (HttpRoute.Share share : route.shares()) {
                target(id, service, route, share);
            }
        }
    }

    private void target(String host, VirtualService service, HttpRoute route, HttpRoute.Share share) {
        Destination destination = share.destination();
        String named = mesh.services().host(destination.host(), destination.namespace());
        mesh.services().find(named, service.manifest().home()).ifPresent(found -> {
            String subset = destination.subset().map(" %s"::formatted).orElse("");
            String part = share.part() < 1 ? " ".concat(DeliveryTarget.percent(share.part())) : "";
            edge(
                    host,
                    id(found),
                    MapEdge.ROUTE,
                    "",
                    "route %s%s%s, timeout %s"
                            .formatted(
                                    route.name().isEmpty() ? "without a name" : route.name(),
                                    subset,
                                    part,
                                    route.body().path("timeout").asText("none")));
        });
    }

    private static String id(Service service) {
        return "service ".concat(service.host());
    }

    private static String id(Pod pod) {
        return "workload %s/%s".formatted(pod.namespace(), pod.name());
    }

    private void services() {
        for (Service service : mesh.services().all()) {
            List<Pod> pods = mesh.services().pods(service);
            boolean outside = service.reach().external();
            boolean onlyGateway =
                    !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().isGateway());
            if (service.host().equals("*") || !service.isWritten() || onlyGateway) {
                continue;
            }
            List<Manifest> objects = new ArrayList<>(List.of(service.source().manifest()));
            mesh.virtualServices().all().stream()
                    .filter(routes -> routes.isOnMesh() && routes.hosts().contains(service.host()))
                    .forEach(routes -> objects.add(routes.manifest()));
            node(new MapNode(
                    id(service),
                    service.isKubernetes() ? service.name() : service.host(),
                    outside ? Column.OUTSIDE : Column.SERVICE,
                    outside ? "" : service.namespace(),
                    objects));
            pods.forEach(pod -> workload(service, pod));
        }
    }

    private void workload(Service service, Pod pod) {
        workload(pod);
        for (ServicePort port : service.ports()) {
            port.on(pod)
                    .ifPresent(number -> edge(
                            id(service),
                            id(pod),
                            MapEdge.ROUTE,
                            "",
                            "port %d to %d, %s, mutual TLS %s"
                                    .formatted(
                                            port.number(),
                                            number,
                                            port.protocol(),
                                            mesh.peerAuthentications()
                                                    .of(pod, number)
                                                    .mode())));
        }
    }

    private void workload(Pod pod) {
        List<Manifest> objects = new ArrayList<>(List.of(pod.source().manifest()));
        mesh.authorizationPolicies().of(pod).forEach(policy -> objects.add(policy.manifest()));
        mesh.peerAuthentications().workload(pod).forEach(objects::add);
        node(new MapNode(id(pod), pod.name(), Column.WORKLOAD, pod.namespace(), objects));
    }

    /**
     * Adds the Services that workloads may call: those that a plain request of theirs reaches. False where there are
     * too many of either to ask.
     */
    private boolean calls() {
        List<Service> called = mesh.services().all().stream()
                .filter(service -> nodes.containsKey(id(service)))
                .toList();
        List<Pod> callers = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isOfApplication())
                .toList();
        long doors =
                called.stream().mapToLong(service -> service.ports().size()).sum();
        if (doors * callers.size() > MOST_CALLS) {
            return false;
        }
        Trace trace = Trace.of(mesh);
        for (Pod pod : callers) {
            called.forEach(service -> service.ports()
                    .forEach(port -> request(service, port)
                            .filter(request -> arrives(trace, request, pod))
                            .ifPresent(request -> call(pod, service, port))));
        }
        return true;
    }

    private void call(Pod pod, Service service, ServicePort port) {
        workload(pod);
        edge(id(pod), id(service), MapEdge.CALL, "", "may call port %d".formatted(port.number()));
    }

    private static Optional<Request> request(Service service, ServicePort port) {
        String scheme = port.protocol().mayBeHttp() ? "http" : port.protocol().isTls() ? "tls" : "tcp";
        try {
            return Optional.of(Request.of("GET", "%s://%s:%d".formatted(scheme, service.host(), port.number())));
        } catch (InvalidValue wildcard) {
            return Optional.empty();
        }
    }

    private static boolean arrives(Trace trace, Request request, Pod pod) {
        try {
            Verdict verdict = trace.follow(request.from(pod.toString())).verdict();
            return arrives(verdict);
        } catch (InvalidValue nobody) {
            return false;
        }
    }

    private static boolean arrives(Verdict verdict) {
        if (verdict instanceof Verdict.Unknown unknown) {
            return unknown.otherwise().map(MeshReader::arrives).orElse(false);
        }
        return verdict.isDelivered()
                || verdict instanceof Verdict.Split split
                        && split.parts().stream().anyMatch(part -> arrives(part.verdict()));
    }
}
