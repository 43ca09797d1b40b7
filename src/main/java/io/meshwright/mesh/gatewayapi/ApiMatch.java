package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import java.util.Locale;

/** Writes the matches of the Gateway API as Istio's own (conversion.go, createURIMatch and its neighbours). */
final class ApiMatch {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ROOT = "/";
    private static final String REGEX = "RegularExpression";

    private ApiMatch() {}

    static ObjectNode http(JsonNode match) {
        ObjectNode converted = NODES.objectNode();
        converted.set("uri", path(match.path("path")));
        Fields.text(match.path("method"))
                .ifPresent(method -> converted.putObject("method").put("exact", method));
        values(converted, "headers", match.path("headers"));
        values(converted, "queryParams", match.path("queryParams"));
        return converted;
    }

    private static ObjectNode path(JsonNode path) {
        String value = Fields.text(path.path("value")).orElse(ROOT);
        ObjectNode uri = NODES.objectNode();
        return switch (path.path("type").asText("PathPrefix")) {
            case "Exact" -> uri.put("exact", value);
            case REGEX -> uri.put("regex", value);
            // The root takes every path; below it a prefix ends with a whole segment, and a slash at its end is
            // ignored.
            default -> value.equals(ROOT) ? uri.put("prefix", ROOT) : uri.put("segments", value.replaceFirst("/$", ""));
        };
    }

    /** The first of several entries of one name counts. */
    private static void values(ObjectNode converted, String field, JsonNode list) {
        ObjectNode values = NODES.objectNode();
        for (JsonNode item : Fields.items(list)) {
            String name = item.path("name").asText("");
            String type = item.path("type").asText("Exact").equals(REGEX) ? "regex" : "exact";
            values.putIfAbsent(
                    field.equals("headers") ? name.toLowerCase(Locale.ROOT) : name,
                    NODES.objectNode().put(type, item.path("value").asText("")));
        }
        if (!values.isEmpty()) {
            converted.set(field, values);
        }
    }

    static ObjectNode grpc(JsonNode match) {
        ObjectNode converted = NODES.objectNode();
        if (match.path("method").isObject()) {
            converted.set("uri", method(match.path("method")));
        }
        values(converted, "headers", match.path("headers"));
        return converted;
    }

    /** A call of gRPC is a request for {@code /service/method}. */
    private static ObjectNode method(JsonNode method) {
        boolean regex = method.path("type").asText("Exact").equals(REGEX);
        String service = method.path("service").asText("");
        String name = method.path("method").asText("");
        ObjectNode uri = NODES.objectNode();
        if (service.isEmpty()) {
            return uri.put("regex", "/[^/]+/%s".formatted(name));
        }
        if (name.isEmpty()) {
            return regex ? uri.put("regex", "/%s/.+".formatted(service)) : uri.put("segments", ROOT.concat(service));
        }
        return uri.put(regex ? "regex" : "exact", "/%s/%s".formatted(service, name));
    }
}
