package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Proxy;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One patch of an EnvoyFilter. */
public record ProxyPatch(Source source) {
    private static final List<String> ROUTES = List.of("ROUTE_CONFIGURATION", "HTTP_ROUTE");
    private static final List<String> OF_HOST = List.of("VIRTUAL_HOST", "HTTP_ROUTE");
    private static final String VHOST = "/match/routeConfiguration/vhost";
    private static final List<String> REPLACEABLE = List.of("NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST");
    private static final List<String> WITHOUT_VALUE = List.of("", "INVALID", "REMOVE");
    private static final List<String> OF_HTTP =
            List.of("HTTP_FILTER", "VIRTUAL_HOST", "HTTP_ROUTE", "ROUTE_CONFIGURATION", "EXTENSION_CONFIG");

    /** The sides of a proxy that a patch can be for. */
    public enum Side {
        GATEWAY,
        SIDECAR_INBOUND,
        SIDECAR_OUTBOUND,
        WAYPOINT;

        /** The side at which a pod's proxy takes what comes to it. */
        public static Side at(Proxy proxy) {
            return proxy.isGateway() ? GATEWAY : proxy.isWaypoint() ? WAYPOINT : SIDECAR_INBOUND;
        }
    }

    public static Stream<ProxyPatch> of(Manifest filter) {
        return IntStream.range(0, filter.at("/spec/configPatches").size())
                .mapToObj(index -> new ProxyPatch(Source.of(filter).item("spec/configPatches", index)));
    }

    /** {@code MERGE}, {@code INSERT_BEFORE} and so on. */
    public String operation() {
        return source.value().at("/patch/operation").asText("");
    }

    /** The kind of Envoy's configuration that it applies to, such as {@code HTTP_FILTER}. */
    public String target() {
        return source.value().path("applyTo").asText("");
    }

    public JsonNode value() {
        return source.value().at("/patch/value");
    }

    /** True if its context is not another side than this one; a patch without a context is for all. */
    public boolean isFor(Side side) {
        return context().equals("ANY") || context().equals(side.name());
    }

    /** The side that it names, {@code ANY} where it names none. */
    public String context() {
        return source.value().at("/match/context").asText("ANY");
    }

    /** True if it is for one virtual host by its name, or for one route of it. */
    public boolean isOfOneHost() {
        return OF_HOST.contains(target()) && !host().isEmpty();
    }

    /** The name of the virtual host that it is for; empty where it is for any. */
    public String host() {
        return source.value().at(VHOST).path("name").asText("");
    }

    /**
     * True if it is for that virtual host, and for no other route than that: istiod calls a virtual host of a gateway
     * by its domain and the port of the server (core/gateway.go), and a route as its VirtualService does.
     */
    public boolean isFor(String domain, int port, String route) {
        String named = source.value().at(VHOST).at("/route/name").asText("");
        return host().equals("%s:%d".formatted(domain, port)) && (named.isEmpty() || named.equals(route));
    }

    /** True if it changes only what HTTP passes, and nothing for bytes. */
    public boolean isForHttp() {
        return OF_HTTP.contains(target());
    }

    /** True if its value comes to the proxy, in whole or merged into what is there. */
    public boolean bringsValue() {
        return !isIgnored() && !WITHOUT_VALUE.contains(operation());
    }

    /** True if Istio passes over the operation, because it knows none of that name for what it applies to. */
    public boolean isIgnored() {
        return switch (operation()) {
            case "ADD", "REMOVE" -> ROUTES.contains(target());
            case "REPLACE" -> !REPLACEABLE.contains(target());
            default -> false;
        };
    }
}
