package io.meshwright.check.rule;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One way from a gateway's route on a host to a pod's port. */
record Hop(
        Pod gateway,
        Listener listener,
        VirtualHost host,
        RouteEntry entry,
        Service service,
        ServicePort port,
        Pod server,
        int target) {
    private static final String EXAMPLE = "www.example.com";

    /** A route of a gateway, wherever it leads. */
    record Entry(Pod gateway, Listener listener, VirtualHost host, RouteEntry entry) {
        HttpRoute route() {
            return entry.route();
        }

        /** A request that takes the route, as far as its path decides. */
        HttpRequest request(String method) {
            String name = host.domain().startsWith("*") ? EXAMPLE : host.domain();
            return HttpRequest.of(
                    method,
                    "https",
                    name,
                    entry.match().map(match -> Sample.path(match.body())).orElse("/"));
        }
    }

    static List<Entry> entries(Mesh mesh) {
        List<Entry> entries = new ArrayList<>();
        mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .forEach(pod -> entries.addAll(entries(mesh, pod)));
        return entries;
    }

    static List<Entry> entries(Mesh mesh, Pod pod) {
        List<Entry> entries = new ArrayList<>();
        mesh.gateways()
                .listeners(pod)
                .forEach(listener -> tables(mesh, pod, listener)
                        .forEach(table -> table.hosts()
                                .forEach(host -> host.routes()
                                        .forEach(entry -> entries.add(new Entry(pod, listener, host, entry))))));
        return entries;
    }

    private static List<RouteTable> tables(Mesh mesh, Pod pod, Listener listener) {
        List<Server> plain = listener.servers().stream()
                .filter(server -> server.isHttp() && !server.isTls())
                .toList();
        List<RouteTable> tables = new ArrayList<>();
        if (!plain.isEmpty()) {
            tables.add(mesh.gatewayRoutes().of(pod, plain));
        }
        listener.servers().stream()
                .filter(server -> server.isHttp() && server.isTls())
                .forEach(server -> tables.add(mesh.gatewayRoutes().of(pod, List.of(server))));
        return tables;
    }

    static List<Hop> of(Mesh mesh, Entry entry) {
        List<Hop> hops = new ArrayList<>();
        for (Destination destination : entry.route().destinations()) {
            String host = mesh.services().host(destination.host(), destination.namespace());
            Optional<Service> service = mesh.services().find(host, destination.namespace());
            int listening = entry.listener().servers().get(0).port();
            service.flatMap(found -> found.port(destination.port(found, listening)))
                    .ifPresent(port -> mesh.services().pods(service.get()).stream()
                            .filter(pod -> !mesh.waypoints().mayStandBetween(entry.gateway(), service.get(), pod))
                            .forEach(pod -> add(hops, entry, service.get(), port, pod)));
        }
        return hops;
    }

    private static void add(List<Hop> hops, Entry entry, Service service, ServicePort port, Pod pod) {
        OptionalInt target = port.on(pod);
        if (target.isPresent() && !pod.proxy().isGateway()) {
            hops.add(new Hop(
                    entry.gateway(),
                    entry.listener(),
                    entry.host(),
                    entry.entry(),
                    service,
                    port,
                    pod,
                    target.getAsInt()));
        }
    }

    /** A call from the gateway as the pod's proxy sees it, with whatever token. */
    Call call(Mesh mesh, HttpRequest request) {
        Attribute caller = switch (mesh.clientTls()
                .outcome(gateway, service, port, Optional.empty(), server)
                .knowsPrincipal()) {
            case YES ->
                Attribute.known(mesh.config()
                        .principals(gateway.namespace(), gateway.serviceAccount())
                        .get(0));
            case NO -> Attribute.absent();
            case UNKNOWN -> Attribute.unknown();
        };
        return Call.to(target).with(request).from(caller);
    }

    /** The headers by which proxies know a preflight. */
    static HttpRequest preflight(HttpRequest request, String method) {
        HttpRequest options = new HttpRequest(
                "OPTIONS", request.scheme(), request.authority(), request.path(), Map.of(), Map.of(), Optional.empty());
        return options.with("origin", "https://".concat(EXAMPLE)).with("access-control-request-method", method);
    }
}
