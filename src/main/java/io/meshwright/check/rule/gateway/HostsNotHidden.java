package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * A route is bound to the server that takes the name which its host's clients show in TLS: the most exact one of the
 * port, whose table alone is asked (buildGatewayHTTPRouteConfig).
 */
@AutoService(Inspection.class)
public final class HostsNotHidden implements Check {
    public static final Rule HOST_HIDDEN = Rule.error("MESH333", "host_hidden")
            .title("Another server of the port takes the name of a route's host")
            .consequence("Clients show the name in TLS and get that server, which answers 404 for want of the route.")
            .remedy(
                    "Bind the route to the Gateway whose server has the more exact host too, or remove that host there.");

    @Override
    public List<Rule> rules() {
        return List.of(HOST_HIDDEN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .flatMap(pod -> mesh.gateways().listeners(pod).stream()
                        .filter(listener ->
                                listener.isTls() && listener.servers().size() > 1)
                        .flatMap(listener -> listener.servers().stream()
                                .filter(server -> server.isTls() && server.isHttp())
                                .flatMap(server -> hidden(mesh, pod, listener, server))));
    }

    private static Stream<Finding> hidden(Mesh mesh, Pod pod, Listener listener, Server server) {
        return mesh.gatewayRoutes().of(pod, List.of(server)).hosts().stream()
                .filter(host -> !HostName.isWildcard(host.domain()))
                .flatMap(host -> listener.bySni(host.domain()).stream()
                        .filter(other -> other != server && !serves(mesh, pod, other, host))
                        .flatMap(other -> host.parts().stream()
                                .map(part -> HOST_HIDDEN.at(
                                        part.manifest(),
                                        "at gateway %s %s takes the name %s, to which this route is not bound"
                                                .formatted(pod, other.source().manifest(), host.domain())))));
    }

    /** Tells whether the other server has routes for the host as well, be they the same or others. */
    private static boolean serves(Mesh mesh, Pod pod, Server other, VirtualHost host) {
        return other.isHttp()
                && mesh.gatewayRoutes().of(pod, List.of(other)).find(host.domain()).stream()
                        .anyMatch(found -> found.parts().stream()
                                .anyMatch(part ->
                                        host.parts().stream().anyMatch(own -> own.manifest() == part.manifest())));
    }
}
