package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.Optional;

/**
 * The address to which a route redirects a client (pilot/pkg/networking/core/route, ApplyRedirect); {@code authority}
 * is a host, with a port where it is not the scheme's own, and {@code path} ends with the query that the client wrote,
 * unless the route writes another (Envoy, processRequestHost and newUri).
 */
public record Redirect(String scheme, String authority, String path) {
    /** {@code port} is the listener's, {@code release} that of the proxy. */
    public static Redirect of(RouteEntry entry, HttpRequest request, int port, IstioVersion release) {
        JsonNode redirect = entry.route().body().path("redirect");
        String scheme = redirect.path("scheme").asText(request.scheme());
        String other = port(redirect, scheme, port);
        String host = Fields.text(redirect.path("authority")).orElseGet(() -> host(request, scheme, other));
        return new Redirect(scheme, host.concat(other), path(entry, redirect, request, release));
    }

    /**
     * The host as the client wrote it; its port goes where another is said, and with a scheme whose own it is (Envoy,
     * processRequestHost).
     */
    private static String host(HttpRequest request, String scheme, String other) {
        boolean ownOfFormer =
                request.authority().equalsIgnoreCase("%s:%d".formatted(request.host(), usual(request.scheme())));
        return other.isEmpty() && (scheme.equals(request.scheme()) || !ownOfFormer)
                ? request.authority()
                : request.host();
    }

    /** The port that a scheme has by itself. */
    private static int usual(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String port(JsonNode redirect, String scheme, int listener) {
        Optional<Integer> derived = redirect.path("derivePort").asText("").equals("FROM_REQUEST_PORT")
                ? Optional.of(listener)
                : Optional.empty();
        return Fields.number(redirect.path("port"))
                .or(() -> derived)
                .filter(port -> port != usual(scheme))
                .map(":%d"::formatted)
                .orElse("");
    }

    private static String path(RouteEntry entry, JsonNode redirect, HttpRequest request, IstioVersion release) {
        String path = prefix(redirect, release)
                .map(prefix -> Rewrite.prefixed(entry, prefix, request.path()))
                .or(() -> Fields.text(redirect.path("uri")))
                .orElse(request.path());
        return path.contains("?") ? path : path.concat(request.query());
    }

    /** Of a route of the Gateway API, where it may be empty; of a VirtualService, whose older definitions drop it. */
    private static Optional<String> prefix(JsonNode redirect, IstioVersion release) {
        JsonNode ofGatewayApi = redirect.path("prefix");
        return ofGatewayApi.isTextual()
                ? Optional.of(ofGatewayApi.asText())
                : Fields.text(redirect.path("prefixRewrite"))
                        .filter(prefix -> !prefix.isEmpty() && release.rewritesPrefixesOfRedirects());
    }

    @Override
    public String toString() {
        return "%s://%s%s".formatted(scheme, authority, path);
    }
}
