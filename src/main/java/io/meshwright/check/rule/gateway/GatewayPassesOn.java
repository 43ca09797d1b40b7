package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A gateway hands requests on to others, and not to itself by the same route again. */
@AutoService(Inspection.class)
public final class GatewayPassesOn implements Check {
    public static final Rule GATEWAY_CALLS_ITSELF = Rule.error("MESH330", "gateway_calls_itself")
            .title("A route of a gateway leads to the gateway itself")
            .consequence("Each request runs in circles through the gateway until a limit ends it.")
            .remedy("Write two routes: one with gateways [mesh] that leads to the gateway, and one with the gateway"
                    + " that leads on.");

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAY_CALLS_ITSELF);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return GatewayRoute.of(mesh).stream()
                .flatMap(entry -> entry.route().destinations().stream()
                        .filter(target -> isBack(mesh, entry, target))
                        .map(target -> GATEWAY_CALLS_ITSELF.at(
                                target.source(),
                                "at gateway %s the route for %s leads to the gateway itself, and takes the request again"
                                        .formatted(entry.gateway(), entry.host().domain()))));
    }

    private static boolean isBack(Mesh mesh, GatewayRoute entry, Destination target) {
        int listening = entry.listener().servers().get(0).port();
        var found = mesh.outboundClusters().of(target, entry.gateway().namespace(), listening, false);
        return found.port().isPresent()
                && found.service().stream()
                        .anyMatch(service -> mesh.services().pods(service).contains(entry.gateway()))
                && found.port().get().on(entry.gateway()).stream()
                        .anyMatch(port -> mesh.gateways().listeners(entry.gateway()).stream()
                                .filter(listener -> listener.port() == port && !listener.isTls())
                                .anyMatch(listener -> takesAgain(mesh, entry, listener)));
    }

    private static boolean takesAgain(Mesh mesh, GatewayRoute entry, Listener listener) {
        HttpRequest onward = Rewrite.of(entry.entry(), entry.request("GET"));
        List<Server> servers = listener.servers();
        Optional<RouteEntry> next = mesh.gatewayRoutes()
                .of(entry.gateway(), servers)
                .find(onward.host())
                .flatMap(host -> host.route(onward, mesh.version(entry.gateway())));
        return next.filter(again -> again.route().source().equals(entry.route().source()))
                .isPresent();
    }
}
