package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.Optional;

/**
 * The address to which a route redirects a client (pilot/pkg/networking/core/route, ApplyRedirect); {@code authority}
 * is a host, with a port where it is not the scheme's own.
 */
public record Redirect(String scheme, String authority, String path) {
    /** {@code port} is the listener's. */
    public static Redirect of(RouteEntry entry, HttpRequest request, int port) {
        JsonNode redirect = entry.route().body().path("redirect");
        String scheme = redirect.path("scheme").asText(request.scheme());
        String host =
                Fields.text(redirect.path("authority")).orElse(kept(redirect) ? request.authority() : request.host());
        return new Redirect(scheme, host.concat(port(redirect, scheme, port)), path(entry, redirect, request));
    }

    /** True if nothing is said about the port, so that the host stays as the client wrote it. */
    private static boolean kept(JsonNode redirect) {
        return !redirect.has("port") && !redirect.has("derivePort") && !redirect.has("scheme");
    }

    private static String port(JsonNode redirect, String scheme, int listener) {
        Optional<Integer> derived = redirect.path("derivePort").asText("").equals("FROM_REQUEST_PORT")
                ? Optional.of(listener)
                : Optional.empty();
        return Fields.number(redirect.path("port"))
                .or(() -> derived)
                .filter(port -> port != (scheme.equals("https") ? 443 : 80))
                .map(":%d"::formatted)
                .orElse("");
    }

    private static String path(RouteEntry entry, JsonNode redirect, HttpRequest request) {
        JsonNode prefix = redirect.path("prefix");
        return prefix.isTextual()
                ? Rewrite.prefixed(entry, prefix.asText(), request.path())
                : Fields.text(redirect.path("uri")).orElse(request.path());
    }

    @Override
    public String toString() {
        return "%s://%s%s".formatted(scheme, authority, path);
    }
}
