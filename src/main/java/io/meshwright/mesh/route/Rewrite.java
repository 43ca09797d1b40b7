package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.Optional;

/** Rewrites host and path as a route says, before the next hop sees them. */
public final class Rewrite {
    private Rewrite() {}

    public static HttpRequest of(RouteEntry entry, HttpRequest request) {
        JsonNode rewrite = entry.route().body().path("rewrite");
        if (!rewrite.isObject()) {
            return request;
        }
        return request.rewritten(
                Fields.text(rewrite.path("authority")).orElse(request.authority()),
                path(entry, rewrite, request.path()));
    }

    private static String path(RouteEntry entry, JsonNode rewrite, String path) {
        JsonNode regex = rewrite.path("uriRegexRewrite");
        if (regex.isObject()) {
            return substituted(regex, path);
        }
        return Fields.text(rewrite.path("uri"))
                .map(uri -> prefixed(entry, uri, path))
                .orElse(path);
    }

    /** The path with the part that the route's match names replaced. */
    public static String prefixed(RouteEntry entry, String uri, String path) {
        JsonNode matched = entry.match()
                .map(match -> match.body().path("uri"))
                .orElse(entry.route().body().path("none"));
        Optional<String> segments = Fields.text(matched.path("segments"));
        if (segments.isPresent()) {
            String rest = path.substring(Math.min(segments.get().length(), path.length()));
            // The Gateway API's root stands for taking the segments away (GetPathSeparatedPrefix in route.go).
            return uri.equals("/") && !rest.isEmpty() ? rest : uri.concat(rest);
        }
        // Without a prefix in the match Envoy replaces the whole path; without any match of the path the prefix is "/".
        String prefix = Fields.text(matched.path("prefix")).orElse(matched.isObject() ? path : "/");
        return uri.concat(path.substring(Math.min(prefix.length(), path.length())));
    }

    private static String substituted(JsonNode regex, String path) {
        try {
            // RE2 writes groups as \1, its Java port as $1.
            String substitution =
                    regex.path("rewrite").asText("").replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
            return Pattern.compile(regex.path("match").asText("")).matcher(path).replaceAll(substitution);
        } catch (PatternSyntaxException | IndexOutOfBoundsException refused) {
            return path;
        }
    }
}
