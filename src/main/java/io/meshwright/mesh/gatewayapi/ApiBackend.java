package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import java.util.List;

/** Writes what routes of the Gateway API lead to as destinations of Istio's (conversion.go, buildDestination). */
final class ApiBackend {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ApiBackend() {}

    /** The host and port of a backendRef; a reference to anything else than a service leads nowhere. */
    static JsonNode destination(JsonNode backend, Manifest route, MeshConfig mesh) {
        String name = backend.path("name").asText("");
        String namespace = Fields.text(backend.path("namespace")).orElse(route.home());
        String host = switch (kind(backend)) {
            case "Service", "ServiceImport" -> HostName.ofService(name, namespace, mesh.domain());
            case "Hostname" -> name;
            default -> "";
        };
        ObjectNode destination = NODES.objectNode().put("host", host);
        Fields.number(backend.path("port"))
                .ifPresent(port -> destination.putObject("port").put("number", port));
        return destination;
    }

    private static String kind(JsonNode backend) {
        return backend.path("kind").asText("Service");
    }

    static int weight(JsonNode backend) {
        return Fields.number(backend.path("weight")).orElse(1);
    }

    /** True if some of them take anything at all. */
    static boolean takeAny(List<JsonNode> backends) {
        return backends.stream().mapToInt(ApiBackend::weight).sum() > 0;
    }

    /** Adds {@code route} with all of them to an HTTP, TLS or TCP route. */
    static void add(ObjectNode body, List<JsonNode> backends, Manifest route, MeshConfig mesh) {
        ArrayNode destinations = body.putArray("route");
        for (JsonNode backend : backends) {
            ObjectNode destination = destinations.addObject();
            destination.put("weight", weight(backend)).set("destination", destination(backend, route, mesh));
            Fields.items(backend.path("filters")).forEach(filter -> ApiFilter.addHeaders(destination, filter));
        }
    }

    /** True if it is written so that istiod makes nothing at all of the object that holds it. */
    static boolean isRefused(JsonNode backend) {
        boolean filtered =
                Fields.items(backend.path("filters")).stream().anyMatch(filter -> !ApiFilter.isOfHeaders(filter));
        return weight(backend) > 0 && (filtered || isRefusedAsReference(backend));
    }

    private static boolean isRefusedAsReference(JsonNode backend) {
        return switch (kind(backend)) {
            case "Service" -> backend.path("name").asText("").indexOf('.') >= 0 || !backend.has("port");
            case "Hostname" -> backend.has("namespace") || !backend.has("port");
            case "ServiceImport" -> !backend.has("port");
            default -> false;
        };
    }
}
