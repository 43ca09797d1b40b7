package io.meshwright.mesh.terms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request as Envoy sees it after normalization: {@code authority} is the Host header as the client spells it, with
 * its port if it sends one, {@code path} has no query, {@code query} is what follows it, with its question mark, header
 * names are lower case, and {@code claims} are those of a token that was verified before routing.
 */
public record HttpRequest(
        String method,
        String scheme,
        String authority,
        String path,
        String query,
        Map<String, String> headers,
        Optional<JsonNode> claims) {
    /** Stands between the values of one header, in which no line ends. */
    public static final String NEXT_VALUE = "\n";

    private static final String PREFLIGHT_METHOD = "access-control-request-method";

    public HttpRequest {
        headers = lowerCase(headers);
    }

    /** {@code target} is a path with or without a query, as it stands in the request line. */
    public static HttpRequest of(String method, String scheme, String authority, String target) {
        return of(method, scheme, authority, target, PathReading.DEFAULT);
    }

    /** The same where proxies read paths in their own way. */
    public static HttpRequest of(String method, String scheme, String authority, String target, PathReading reading) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark);
        return new HttpRequest(method, scheme, authority, reading.read(path), query, Map.of(), Optional.empty());
    }

    public HttpRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpRequest(method, scheme, authority, path, query, more, claims);
    }

    /** The same request when somebody has taken a header out. */
    public HttpRequest without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return withHeaders(fewer);
    }

    /** The same request with these headers in place of its own. */
    public HttpRequest withHeaders(Map<String, String> others) {
        return new HttpRequest(method, scheme, authority, path, query, others, claims);
    }

    /** The same request after a proxy has verified its token. */
    public HttpRequest withClaims(JsonNode verified) {
        return new HttpRequest(method, scheme, authority, path, query, headers, Optional.of(verified));
    }

    /** The same request after a route has rewritten it. */
    public HttpRequest rewritten(String newAuthority, String newPath) {
        return new HttpRequest(method, scheme, newAuthority, newPath, query, headers, claims);
    }

    /** The value of a header; of several the list with commas, as whoever asks for the header sees them. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(value -> value.replace(NEXT_VALUE, ","));
    }

    /** Every value of a header by itself. */
    public List<String> values(String name) {
        return headers.containsKey(name) ? List.of(headers.get(name).split(NEXT_VALUE)) : List.of();
    }

    /** The authority without its port, in lower case, by which a proxy finds the virtual host. */
    public String host() {
        int port = authority.lastIndexOf(':');
        String host = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
        return host.toLowerCase(Locale.ROOT);
    }

    /** True if Envoy's CORS and JWT filters take it for a preflight. */
    public boolean isPreflight() {
        return method.equals("OPTIONS")
                && !headers.getOrDefault("origin", "").isEmpty()
                && !headers.getOrDefault(PREFLIGHT_METHOD, "").isEmpty();
    }

    /** The first value of each key of the query. */
    public Map<String, String> parameters() {
        Map<String, String> first = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return first;
        }
        for (String pair : query.substring(1).split("&")) {
            int equals = pair.indexOf('=');
            first.putIfAbsent(
                    equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return first;
    }

    /** The same request without a parameter of its query. */
    public HttpRequest withoutParameter(String name) {
        String rest = query.isEmpty()
                ? ""
                : Stream.of(query.substring(1).split("&"))
                        .filter(pair -> !pair.equals(name) && !pair.startsWith(name.concat("=")))
                        .collect(Collectors.joining("&"));
        return new HttpRequest(
                method, scheme, authority, path, rest.isEmpty() ? "" : "?".concat(rest), headers, claims);
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return Collections.unmodifiableMap(lower);
    }
}
