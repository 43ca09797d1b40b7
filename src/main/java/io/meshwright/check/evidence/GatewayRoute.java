package io.meshwright.check.evidence;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A route of a gateway, wherever it leads. */
public record GatewayRoute(Pod gateway, Listener listener, VirtualHost host, RouteEntry entry) {
    static final String EXAMPLE = "www.example.com";

    public static List<GatewayRoute> of(Mesh mesh) {
        List<GatewayRoute> entries = new ArrayList<>();
        mesh.pods().all().stream().filter(pod -> pod.proxy().isGateway()).forEach(pod -> entries.addAll(of(mesh, pod)));
        return entries;
    }

    public static List<GatewayRoute> of(Mesh mesh, Pod pod) {
        List<GatewayRoute> entries = new ArrayList<>();
        mesh.gateways()
                .listeners(pod)
                .forEach(listener -> tables(mesh, pod, listener)
                        .forEach(table -> table.hosts()
                                .forEach(host -> host.routes()
                                        .forEach(entry -> entries.add(new GatewayRoute(pod, listener, host, entry))))));
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

    public HttpRoute route() {
        return entry.route();
    }

    /** A request that takes the route, as far as its path and the headers decide whose values are written out. */
    public HttpRequest request(String method) {
        String name = host.domain().startsWith("*") ? EXAMPLE : host.domain();
        HttpRequest request = HttpRequest.of(
                method,
                "https",
                name,
                entry.match().map(match -> SamplePath.path(match.body())).orElse("/"));
        return request.withHeaders(entry.match().map(GatewayRoute::headers).orElse(Map.of()));
    }

    private static Map<String, String> headers(HttpMatch match) {
        Map<String, String> headers = new LinkedHashMap<>();
        Fields.entries(match.body().path("headers")).forEach(header -> {
            String prefix = header.getValue().path("prefix").asText("");
            String value = header.getValue().path("exact").asText(prefix);
            if (!value.isEmpty() && !header.getKey().startsWith(":")) {
                headers.put(header.getKey(), value);
            }
        });
        return headers;
    }
}
