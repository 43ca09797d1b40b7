package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.TrafficPolicy;
import io.meshwright.mesh.client.UpstreamProtocol;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A route for WebSockets leads over HTTP/1.1, since proxies take none over HTTP/2 (istio issue 27078). */
@AutoService(Inspection.class)
public final class WebSocketsKept implements Check {
    public static final Rule WEBSOCKET_OVER_HTTP2 = Rule.error("MESH332", "websocket_over_http2")
            .title("A route for WebSockets leads over HTTP/2")
            .consequence("The next proxy takes no WebSocket there, and clients get 503.")
            .remedy("Write h2UpgradePolicy DO_NOT_UPGRADE or useClientProtocol true for the host, and name its port"
                    + " http.");

    @Override
    public List<Rule> rules() {
        return List.of(WEBSOCKET_OVER_HTTP2);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return GatewayRoute.of(mesh).stream()
                .filter(WebSocketsKept::isForWebSockets)
                .flatMap(entry ->
                        entry.route().destinations().stream().flatMap(target -> finding(mesh, entry, target).stream()));
    }

    private static boolean isForWebSockets(GatewayRoute entry) {
        return entry.entry().match().map(match -> match.body().at("/headers/upgrade")).stream()
                .flatMap(upgrade -> upgrade.properties().stream())
                .anyMatch(field ->
                        field.getValue().asText("").toLowerCase(Locale.ROOT).contains("websocket"));
    }

    private static Optional<Finding> finding(Mesh mesh, GatewayRoute entry, Destination target) {
        int listening = entry.listener().servers().get(0).port();
        var found = mesh.outboundClusters().of(target, entry.gateway().namespace(), listening, false);
        return found.port().flatMap(port -> {
            var service = found.service().orElseThrow();
            TrafficPolicy policy = mesh.destinationRules()
                    .seenBy(Client.of(entry.gateway()), service)
                    .map(rule -> rule.policy(port.number(), target.subset()))
                    .orElse(TrafficPolicy.NONE);
            Source place = policy.source("connectionPool").orElse(target.source());
            return UpstreamProtocol.isHttp2(entry.gateway(), port, policy, mesh.config())
                    ? Optional.of(WEBSOCKET_OVER_HTTP2.at(
                            place,
                            "gateway %s speaks HTTP/2 to port %d of %s, to which %s sends WebSockets"
                                    .formatted(
                                            entry.gateway(),
                                            port.number(),
                                            service,
                                            entry.route().owner().manifest())))
                    : Optional.empty();
        });
    }
}
