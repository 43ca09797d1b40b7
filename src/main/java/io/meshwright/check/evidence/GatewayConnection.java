package io.meshwright.check.evidence;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.OutboundClusters.Target;
import io.meshwright.mesh.route.RouteEntry;
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
public record GatewayConnection(
        Pod gateway,
        Listener listener,
        VirtualHost host,
        RouteEntry entry,
        Service service,
        ServicePort port,
        Pod server,
        int target) {
    public static List<GatewayConnection> of(Mesh mesh, GatewayRoute entry) {
        List<GatewayConnection> connections = new ArrayList<>();
        for (Destination destination : entry.route().destinations()) {
            int listening = entry.listener().servers().get(0).port();
            Target target =
                    mesh.outboundClusters().of(destination, entry.gateway().namespace(), listening, false);
            target.port()
                    .ifPresent(port -> target.service().stream()
                            .flatMap(service -> mesh.services().pods(service).stream()
                                    .filter(pod -> !mesh.waypoints().mayStandBetween(entry.gateway(), service, pod))
                                    .map(pod -> Map.entry(service, pod)))
                            .forEach(way -> add(connections, entry, way.getKey(), port, way.getValue())));
        }
        return connections;
    }

    private static void add(
            List<GatewayConnection> connections, GatewayRoute entry, Service service, ServicePort port, Pod pod) {
        OptionalInt target = port.on(pod);
        if (target.isPresent() && !pod.proxy().isGateway()) {
            connections.add(new GatewayConnection(
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
    public Call call(Mesh mesh, HttpRequest request) {
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
    public static HttpRequest preflight(HttpRequest request, String method) {
        HttpRequest options = new HttpRequest(
                "OPTIONS", request.scheme(), request.authority(), request.path(), "", Map.of(), Optional.empty());
        return options.with("origin", "https://".concat(GatewayRoute.EXAMPLE))
                .with("access-control-request-method", method);
    }
}
