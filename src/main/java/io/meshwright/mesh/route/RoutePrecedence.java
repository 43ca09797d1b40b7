package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/** The order in which istiod puts the routes that it makes of other objects than VirtualServices. */
public final class RoutePrecedence {
    private static final List<String> RANKS = List.of("regex", "prefix", "segments", "exact");

    /** Of routes of the Gateway API the one that asks for more goes first (sortHTTPRoutes). */
    public static final Comparator<HttpRoute> OF_GATEWAY_API = Comparator.comparing(
                    (HttpRoute route) -> route.matches().isEmpty())
            .thenComparing(Comparator.comparingInt(RoutePrecedence::rank).reversed())
            .thenComparing(Comparator.comparingInt(RoutePrecedence::length).reversed())
            .thenComparing(route -> match(route).path("method").isMissingNode())
            .thenComparing(Comparator.comparingInt(
                            (HttpRoute route) -> match(route).path("headers").size())
                    .reversed())
            .thenComparing(Comparator.comparingInt((HttpRoute route) ->
                            match(route).path("queryParams").size())
                    .reversed());

    /** Of paths of Ingresses the longer goes first, and of equal ones the exact. */
    public static final Comparator<HttpRoute> OF_INGRESSES = Comparator.comparingInt(
                    (HttpRoute route) -> path(route).text().length())
            .reversed()
            .thenComparing(route -> !path(route).type().equals("exact"));

    private RoutePrecedence() {}

    private static IngressPath path(HttpRoute route) {
        return IngressPath.of(route.source().manifest().at(route.source().pointer()));
    }

    private static JsonNode match(HttpRoute route) {
        return route.matches().isEmpty()
                ? route.body().path("none")
                : route.matches().get(0).body();
    }

    /** The root's prefix and any other are of one rank. */
    private static int rank(HttpRoute route) {
        int rank = RANKS.indexOf(kind(route));
        return rank == RANKS.indexOf("segments") ? RANKS.indexOf("prefix") : rank;
    }

    private static int length(HttpRoute route) {
        return match(route).path("uri").path(kind(route)).asText("").length();
    }

    private static String kind(HttpRoute route) {
        return match(route).path("uri").properties().stream()
                .findFirst()
                .map(field -> field.getKey())
                .orElse("");
    }
}
