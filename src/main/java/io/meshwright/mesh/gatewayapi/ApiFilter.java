package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.route.Cors;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.Set;

/** Writes the filters of the Gateway API as the fields of Istio's routes that do the same (conversion.go). */
final class ApiFilter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String EVERY_PATH = "/.*";
    private static final double ALL = 100;
    private static final Set<String> OF_HEADERS = Set.of("RequestHeaderModifier", "ResponseHeaderModifier");
    private static final String MIRROR = "RequestMirror";
    private static final String CORS = "CORS";
    private static final Set<String> OF_HTTP = Set.of("RequestRedirect", "URLRewrite", CORS);

    private static final int USUAL_REDIRECT = 302;

    private ApiFilter() {}

    static void add(ObjectNode route, JsonNode filter, ApiRule rule) {
        switch (filter.path("type").asText("")) {
            case "RequestRedirect" -> route.set("redirect", redirect(filter.path("requestRedirect")));
            case "URLRewrite" -> route.set("rewrite", rewrite(filter.path("urlRewrite")));
            case MIRROR -> route.withArray("/mirrors").add(mirror(filter.path("requestMirror"), rule));
            case CORS -> route.set("corsPolicy", cors(filter.path("cors")));
            default -> addHeaders(route, filter);
        }
    }

    /** Adds the changes of headers alone, to a route or to one of its destinations. */
    static void addHeaders(ObjectNode holder, JsonNode filter) {
        switch (filter.path("type").asText("")) {
            case "RequestHeaderModifier" ->
                holder.withObject("/headers").set("request", headers(filter.path("requestHeaderModifier")));
            case "ResponseHeaderModifier" ->
                holder.withObject("/headers").set("response", headers(filter.path("responseHeaderModifier")));
            default -> {}
        }
    }

    /** True if istiod knows what to do with it in a route of that kind; if not, it makes nothing of the whole route. */
    static boolean isKnown(JsonNode filter, Kind kind, IstioVersion version) {
        String type = filter.path("type").asText("");
        boolean early = type.equals(CORS) && !version.knowsCorsOfGatewayApi();
        return isOfHeaders(filter)
                || type.equals(MIRROR)
                || kind.equals(Kind.HTTP_ROUTE) && OF_HTTP.contains(type) && !early;
    }

    /** True for the filters that a destination may have. */
    static boolean isOfHeaders(JsonNode filter) {
        return OF_HEADERS.contains(filter.path("type").asText(""));
    }

    /** Lists of names and values as mappings (createHeadersFilter). */
    private static ObjectNode headers(JsonNode filter) {
        ObjectNode headers = NODES.objectNode();
        for (String list : new String[] {"set", "add"}) {
            Fields.items(filter.path(list))
                    .forEach(header -> headers.withObject("/".concat(list))
                            .put(
                                    header.path("name").asText(""),
                                    header.path("value").asText("")));
        }
        if (filter.path("remove").isArray()) {
            headers.set("remove", filter.path("remove").deepCopy());
        }
        return headers;
    }

    private static ObjectNode redirect(JsonNode filter) {
        ObjectNode redirect = NODES.objectNode();
        // The API server writes the default of the field's schema, so Istio's own is never asked for.
        redirect.put("redirectCode", Fields.number(filter.path("statusCode")).orElse(USUAL_REDIRECT));
        Fields.text(filter.path("hostname")).ifPresent(host -> redirect.put("authority", host));
        Fields.text(filter.path("scheme")).ifPresent(scheme -> redirect.put("scheme", scheme));
        Fields.number(filter.path("port"))
                .ifPresentOrElse(
                        port -> redirect.put("port", port),
                        () -> redirect.put(
                                "derivePort", redirect.has("scheme") ? "FROM_PROTOCOL_DEFAULT" : "FROM_REQUEST_PORT"));
        JsonNode path = filter.path("path");
        Fields.text(path.path("replaceFullPath")).ifPresent(whole -> redirect.put("uri", whole));
        Fields.text(path.path("replacePrefixMatch")).ifPresent(prefix -> redirect.put("prefix", prefix));
        return redirect;
    }

    private static ObjectNode rewrite(JsonNode filter) {
        ObjectNode rewrite = NODES.objectNode();
        Fields.text(filter.path("hostname")).ifPresent(host -> rewrite.put("authority", host));
        JsonNode path = filter.path("path");
        if (path.path("replacePrefixMatch").isTextual()) {
            String prefix = path.path("replacePrefixMatch").asText().replaceFirst("/$", "");
            rewrite.put("uri", prefix.isEmpty() ? "/" : prefix);
        }
        Fields.text(path.path("replaceFullPath"))
                .ifPresent(whole -> rewrite.putObject("uriRegexRewrite")
                        .put("match", EVERY_PATH)
                        .put("rewrite", whole));
        return rewrite;
    }

    private static JsonNode mirror(JsonNode filter, ApiRule rule) {
        ObjectNode mirror = NODES.objectNode();
        JsonNode fraction = filter.path("fraction");
        double percent = fraction.isObject()
                ? ALL
                        * fraction.path("numerator").asDouble()
                        / fraction.path("denominator").asDouble(ALL)
                : filter.path("percent").asDouble(ALL);
        mirror.putObject("percentage").put("value", percent);
        return mirror.set("destination", rule.destination(filter.path("backendRef")));
    }

    private static ObjectNode cors(JsonNode filter) {
        ObjectNode cors = NODES.objectNode();
        Fields.texts(filter.path("allowOrigins"))
                .forEach(origin ->
                        cors.withArray("/allowOrigins").add(NODES.objectNode().put(Cors.ORIGIN, origin)));
        for (String list : new String[] {"allowMethods", "allowHeaders", "exposeHeaders"}) {
            if (filter.path(list).isArray()) {
                cors.set(list, filter.path(list).deepCopy());
            }
        }
        return cors.put("allowCredentials", filter.path("allowCredentials").asBoolean(false));
    }
}
