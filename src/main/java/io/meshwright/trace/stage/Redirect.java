package io.meshwright.trace.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.trace.answer.Verdict.Answered;
import java.util.Optional;

/** Answers with the address to which a route redirects the client (pilot/pkg/networking/core/route, ApplyRedirect). */
final class Redirect {
    private static final int USUAL_CODE = 301;

    private Redirect() {}

    /** {@code port} is the listener's. */
    static Answered of(RouteEntry entry, HttpRequest request, int port) {
        JsonNode redirect = entry.route().body().path("redirect");
        String scheme = redirect.path("scheme").asText(request.scheme());
        String host =
                Fields.text(redirect.path("authority")).orElse(kept(redirect) ? request.authority() : request.host());
        String location =
                "%s://%s%s%s".formatted(scheme, host, port(redirect, scheme, port), path(entry, redirect, request));
        return new Answered(
                redirect.path("redirectCode").asInt(USUAL_CODE), "", "redirected to %s".formatted(location));
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
}
