package io.meshwright.check.evidence;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests by which a gateway's route comes to the paths that policies name, as clients send them. */
public final class PolicyPaths {
    private final GatewayRoute route;

    public PolicyPaths(GatewayRoute route) {
        this.route = route;
    }

    /** One for the route itself, and one for each path of these policies that it takes. */
    public Stream<HttpRequest> taken(List<AuthorizationPolicy> policies, String method) {
        return Stream.concat(Stream.of(route.request(method)), named(policies).flatMap(path -> taken(method, path)));
    }

    /** The same, and those that the route makes such paths of. */
    public Stream<HttpRequest> all(List<AuthorizationPolicy> policies, String method) {
        return Stream.concat(
                        taken(policies, method),
                        named(policies).flatMap(path -> before(path).stream()).flatMap(path -> taken(method, path)))
                .distinct();
    }

    private static Stream<String> named(List<AuthorizationPolicy> policies) {
        return policies.stream().flatMap(policy -> policy.rules().stream()).flatMap(rule -> of(rule.source()));
    }

    private Stream<HttpRequest> taken(String method, String path) {
        HttpRequest usual = route.request(method);
        // What else the match asks for, such as a header, a client may send with any path.
        return Stream.of(HttpRequest.of(method, usual.scheme(), usual.authority(), path)
                        .withHeaders(usual.headers()))
                .filter(request -> route.entry().takes(request.path()));
    }

    /** A path for each that a rule names. */
    public static Stream<String> of(Source rule) {
        return AuthorizationValues.of(rule, "to", "operation", "paths")
                .map(value -> value.text().replaceAll("\\{\\*+}|\\*", "x"))
                .map(path -> path.startsWith("/") ? path : "/".concat(path));
    }

    /**
     * The path that a client sends for it to come out of the route's rewrite; none for one that is written as clients
     * send it, with the part that the rewrite takes away.
     */
    private Optional<String> before(String path) {
        String matched = route.entry()
                .match()
                .map(match -> match.body().path("uri"))
                .map(uri -> uri.path("prefix").asText(uri.path("segments").asText("")))
                .orElse("/");
        return Fields.text(route.route().body().at("/rewrite/uri"))
                .filter(uri -> !matched.isEmpty() && path.startsWith(uri))
                .filter(uri -> uri.length() >= matched.length() || !path.startsWith(matched))
                .map(uri -> joined(matched, path.substring(uri.length())));
    }

    private static String joined(String matched, String rest) {
        boolean apart = matched.endsWith("/") || rest.startsWith("/") || rest.isEmpty();
        return apart ? matched.concat(rest) : "%s/%s".formatted(matched, rest);
    }

    /** True if what the route makes of a path cannot be told backwards. */
    public static boolean isOneWay(RouteEntry entry) {
        return entry.route().body().at("/rewrite/uriRegexRewrite").isObject();
    }
}
