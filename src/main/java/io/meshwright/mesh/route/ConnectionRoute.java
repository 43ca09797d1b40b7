package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a VirtualService's {@code tls} or {@code tcp}, which routes connections by SNI, port and source, never
 * by what is in them.
 */
public record ConnectionRoute(VirtualService owner, Source source, JsonNode body) {
    /** An entry as it is written. */
    static ConnectionRoute of(VirtualService owner, Source source) {
        return new ConnectionRoute(owner, source, source.value());
    }

    /**
     * Tells whether a gateway sends a connection here that one of its servers of that port took; {@code sni} is empty
     * without TLS.
     */
    public Truth fitsAt(String gateway, int port, String sni) {
        return any(match -> {
            List<String> gateways = gateways(match);
            return Truth.of(gateways.isEmpty() || gateways.contains(gateway)).and(fits(match, port, sni));
        });
    }

    /** The names of each match that a gateway heeds at one of its servers of that port. */
    public List<List<String>> namesAt(String gateway, int port) {
        return Fields.items(body.path("match")).stream()
                .filter(match -> gateways(match).isEmpty() || gateways(match).contains(gateway))
                .filter(match -> Fields.number(match.path("port"))
                        .map(wanted -> wanted == 0 || wanted == port)
                        .orElse(true))
                .map(match -> Fields.texts(match.path("sniHosts")))
                .toList();
    }

    /** Tells whether the sidecar of such a client sends a connection to that port here. */
    public Truth fitsFor(Client client, int port, String sni) {
        return any(match -> heeded(match, client).and(fits(match, port, sni)));
    }

    /** True if such a client's sidecar heeds an entry here on that port, whatever name a connection shows. */
    public boolean concerns(Client client, int port) {
        return Fields.items(body.path("match")).stream()
                .anyMatch(match -> Fields.texts(match.path("sniHosts")).stream()
                        .findFirst()
                        .filter(name -> !heeded(match, client)
                                .and(fits(match, port, name))
                                .isNo())
                        .isPresent());
    }

    /** Both gateways and callers must fit, other than for routes of HTTP (matchTLS, matchTCP). */
    private Truth heeded(JsonNode match, Client client) {
        List<String> gateways = gateways(match);
        boolean source = Selector.labels(match.path("sourceLabels")).selects(client.labels())
                && match.path("sourceNamespace").asText(client.namespace()).equals(client.namespace());
        return Truth.of(source && (gateways.isEmpty() || gateways.contains(VirtualService.MESH)));
    }

    /**
     * True if a waypoint sends connections to a service here: it knows nothing of who calls, and of names only whether
     * an entry is for exactly the service's own (getTLSRouteMatch).
     */
    public boolean fitsAtWaypoint(Service service, int port) {
        List<JsonNode> matches = Fields.items(body.path("match"));
        return matches.isEmpty()
                || matches.stream().anyMatch(match -> {
                    List<String> gateways = gateways(match);
                    boolean anybody = Fields.strings(match.path("sourceLabels")).isEmpty()
                            && match.path("sourceNamespace").asText("").isEmpty();
                    boolean named = !match.has("sniHosts")
                            || Fields.texts(match.path("sniHosts")).equals(List.of(service.host()));
                    return anybody
                            && named
                            && (gateways.isEmpty() || gateways.contains(VirtualService.MESH))
                            && Fields.number(match.path("port"))
                                    .map(wanted -> wanted == 0 || wanted == port)
                                    .orElse(true);
                });
    }

    private interface Condition {
        Truth of(JsonNode match);
    }

    private Truth any(Condition condition) {
        List<JsonNode> matches = Fields.items(body.path("match"));
        return matches.isEmpty()
                ? Truth.YES
                : matches.stream().map(condition::of).reduce(Truth.NO, Truth::or);
    }

    private List<String> gateways(JsonNode match) {
        return Fields.texts(match.path("gateways")).stream()
                .map(name -> VirtualService.gateway(name, owner.manifest().home()))
                .toList();
    }

    private static Truth fits(JsonNode match, int port, String sni) {
        boolean rightPort = Fields.number(match.path("port"))
                .map(wanted -> wanted == 0 || wanted == port)
                .orElse(true);
        List<String> names = Fields.texts(match.path("sniHosts"));
        boolean rightName = names.isEmpty() || names.stream().anyMatch(name -> HostName.within(sni, name));
        // Which address a name has is for DNS to say.
        Truth rightAddress = match.path("destinationSubnets").isEmpty() ? Truth.YES : Truth.UNKNOWN;
        return Truth.of(rightPort && rightName).and(rightAddress);
    }

    private boolean isOfGatewayApi() {
        return source.manifest().kind().isOfGatewayApi();
    }

    /**
     * True if a server that ends TLS sends a connection here although the entry is for TLS, as it does for a TLSRoute,
     * whatever the names of that are.
     */
    public boolean takesEndedTls(String gateway, int port) {
        return source.manifest().kind().equals(Kind.TLS_ROUTE)
                && !namesAt(gateway, port).isEmpty();
    }

    /** Destinations of connections, as an HTTP route shares its requests out. */
    public List<HttpRoute.Share> shares() {
        List<Destination> destinations = new ArrayList<>();
        for (int index = 0; index < body.path("route").size(); index++) {
            JsonNode entry = body.path("route").path(index);
            destinations.add(Destination.of(
                    entry.path("destination"),
                    Fields.number(entry.path("weight")).orElse(0),
                    source.item(isOfGatewayApi() ? "backendRefs" : "route", index),
                    owner.manifest().home()));
        }
        return HttpRoute.shares(destinations);
    }
}
