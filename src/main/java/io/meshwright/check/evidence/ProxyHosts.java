package io.meshwright.check.evidence;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.SidecarIngress;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names by which EnvoyFilters know the virtual hosts of a proxy (pilot/pkg/networking/core, gateway.go and
 * httproute.go).
 */
public final class ProxyHosts {
    /** Stands for what comes to a port of which no Service tells. */
    public static final String PASSED_THROUGH = "inbound|http|0";

    private static final String INBOUND = "inbound|http|%d";

    private ProxyHosts() {}

    /** {@code inbound|http|PORT} for each port of a Service or Sidecar by which HTTP comes to a sidecar. */
    public static Stream<String> inbound(Mesh mesh, Pod sidecar) {
        IntStream services = mesh.services().selecting(sidecar).stream()
                .map(Service::ports)
                .flatMap(List::stream)
                .filter(port -> port.protocol().mayBeHttp())
                .mapToInt(ServicePort::number);
        IntStream opened = mesh.sidecars().ingress(sidecar).stream().mapToInt(SidecarIngress::port);
        return Stream.concat(
                Stream.of(PASSED_THROUGH), IntStream.concat(services, opened).mapToObj(INBOUND::formatted));
    }

    /**
     * {@code HOST:PORT} of each host of a gateway's servers, and the name under which istiod keeps it: another one
     * where both have the same routes.
     */
    public static Map<String, String> ofGateway(Mesh mesh, Pod gateway) {
        Map<String, String> names = new TreeMap<>();
        mesh.gateways().listeners(gateway).stream().flatMap(ProxyHosts::tables).forEach(servers -> {
            RouteTable table = mesh.gatewayRoutes().of(gateway, servers);
            int port = servers.get(0).port();
            table.hosts()
                    .forEach(host -> names.put(
                            name(host.domain(), port), name(table.named(host).domain(), port)));
        });
        return names;
    }

    /** Servers of plain HTTP share a route table; one of HTTPS has its own. */
    private static Stream<List<Server>> tables(Listener listener) {
        List<Server> http = listener.servers().stream().filter(Server::isHttp).toList();
        return listener.isTls() ? http.stream().map(List::of) : http.isEmpty() ? Stream.empty() : Stream.of(http);
    }

    private static String name(String domain, int port) {
        return "%s:%d".formatted(domain, port);
    }
}
