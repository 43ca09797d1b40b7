package io.meshwright.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/** Which of several routes of the Gateway API goes first: the one that asks for more (sortHTTPRoutes). */
final class ApiPrecedence {
    private static final List<String> RANKS = List.of("regex", "prefix", "segments", "exact");

    static final Comparator<HttpRoute> ORDER = Comparator.comparing(
                    (HttpRoute route) -> route.matches().isEmpty())
            .thenComparing(Comparator.comparingInt(ApiPrecedence::rank).reversed())
            .thenComparing(Comparator.comparingInt(ApiPrecedence::length).reversed())
            .thenComparing(route -> match(route).path("method").isMissingNode())
            .thenComparing(Comparator.comparingInt(
                            (HttpRoute route) -> match(route).path("headers").size())
                    .reversed())
            .thenComparing(Comparator.comparingInt((HttpRoute route) ->
                            match(route).path("queryParams").size())
                    .reversed());

    private ApiPrecedence() {}

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
