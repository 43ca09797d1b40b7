package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.StringMatch;
import java.util.List;
import java.util.Locale;

/** A route's corsPolicy as Envoy's filter applies it; it answers preflights itself only when the origin is allowed. */
public record Cors(
        List<StringMatch> origins,
        List<String> methods,
        List<String> headers,
        boolean credentials,
        boolean ignoresUnmatched) {
    /** The key of an origin of the Gateway API, which can hold an asterisk, among those of Istio. */
    public static final String ORIGIN = "origin";

    private static final String ANY = "*";
    private static final List<String> SIMPLE_METHODS = List.of("GET", "HEAD", "POST");

    static Cors of(JsonNode policy, IstioVersion version) {
        boolean ignores = version.knowsUnmatchedPreflights()
                && policy.path("unmatchedPreflights").asText("").equals("IGNORE");
        return new Cors(
                Fields.items(policy.path("allowOrigins")).stream()
                        .map(origin -> origin(origin, version))
                        .toList(),
                Fields.texts(policy.path("allowMethods")),
                Fields.texts(policy.path("allowHeaders")),
                policy.path("allowCredentials").asBoolean(false),
                ignores);
    }

    private static StringMatch origin(JsonNode written, IstioVersion version) {
        String origin = written.path(ORIGIN).asText("");
        if (origin.isEmpty()) {
            return StringMatch.of(written);
        }
        boolean wild = version.readsWildcardOrigins() && origin.contains(ANY) && !origin.equals(ANY);
        return StringMatch.of(JsonNodeFactory.instance
                .objectNode()
                .put(wild ? "regex" : "exact", wild ? Pattern.quote(origin).replace("\\*", ".*") : origin));
    }

    /** True if a page of that origin gets an allow-origin header. */
    public boolean admits(String origin) {
        return origins.stream()
                .anyMatch(match ->
                        match.text().equals(ANY) && match.type() == StringMatch.Type.EXACT || match.fits(origin));
    }

    /** True if any origin at all is allowed. */
    public boolean admitsAnyOrigin() {
        return origins.stream()
                .anyMatch(match -> match.text().equals(ANY)
                        || match.type() == StringMatch.Type.REGEX
                                && match.text().equals(".*"));
    }

    /**
     * True if a browser that got the answer sends a request of that method; without a list it sends only simple ones.
     */
    public boolean admitsMethod(String method) {
        return SIMPLE_METHODS.contains(method) || methods.contains(ANY) || methods.contains(method);
    }

    /** True if a browser that got the answer sends that header. */
    public boolean admitsHeader(String header) {
        return headers.contains(ANY)
                || headers.stream()
                        .anyMatch(allowed -> allowed.toLowerCase(Locale.ROOT).equals(header.toLowerCase(Locale.ROOT)));
    }
}
