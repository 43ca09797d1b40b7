package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One rule of an HTTPRoute or GRPCRoute and the HTTP routes of Istio's that it becomes, one for each match
 * (pilot/pkg/config/kube/gateway/conversion.go, convertHTTPRoute and convertGRPCRoute).
 */
record ApiRule(Source source, int position, MeshConfig mesh) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int WITHOUT_BACKEND = 500;
    private static final int USUAL_ATTEMPTS = 2;
    private static final String RETRIED = "connect-failure,refused-stream,unavailable,cancelled";

    private JsonNode rule() {
        return source.value();
    }

    private Manifest manifest() {
        return source.manifest();
    }

    private boolean isHttp() {
        return manifest().kind().equals(Kind.HTTP_ROUTE);
    }

    /** {@code port} is the one of the parent Service that the route is for; empty for all. */
    List<HttpRoute> routes(VirtualService owner, Optional<Integer> port) {
        ObjectNode body = body();
        boolean isHttp = isHttp();
        List<JsonNode> matches = Fields.items(rule().path("matches"));
        List<HttpRoute> routes = new ArrayList<>();
        for (int index = 0; index < matches.size(); index++) {
            ObjectNode match = isHttp ? ApiMatch.http(matches.get(index)) : ApiMatch.grpc(matches.get(index));
            routes.add(route(owner, body, source.item("matches", index), match, port));
        }
        if (matches.isEmpty()) {
            routes.add(
                    route(owner, body, source, isHttp ? ApiMatch.http(NODES.objectNode()) : NODES.objectNode(), port));
        }
        return routes;
    }

    private static HttpRoute route(
            VirtualService owner, ObjectNode body, Source at, ObjectNode match, Optional<Integer> port) {
        port.ifPresent(number -> match.put("port", number));
        Source rule = at.pointer().contains("/matches/")
                ? new Source(
                        at.manifest(), at.pointer().substring(0, at.pointer().lastIndexOf("/matches/")))
                : at;
        List<HttpMatch> matches = match.isEmpty()
                ? List.of()
                : List.of(new HttpMatch(at, match, at.manifest().home()));
        return new HttpRoute(owner, rule, body, matches, Optional.empty());
    }

    private ObjectNode body() {
        ObjectNode body = NODES.objectNode();
        String standard = "%s.%s.%d".formatted(manifest().home(), manifest().name(), position);
        body.put("name", rule().path("name").asText(standard));
        Fields.items(rule().path("filters")).forEach(filter -> ApiFilter.add(body, filter, this));
        retries(body);
        timeouts(body);
        List<JsonNode> backends = Fields.items(rule().path("backendRefs"));
        if (ApiBackend.takeAny(backends)) {
            ApiBackend.add(body, backends, manifest(), mesh);
        } else if (!body.has("redirect")) {
            body.putObject("directResponse")
                    .put("status", WITHOUT_BACKEND)
                    .put(HttpRoute.NO_BACKENDS, isHttp() && backends.isEmpty());
        }
        return body;
    }

    /** The host and port of a backendRef. */
    JsonNode destination(JsonNode backend) {
        return ApiBackend.destination(backend, manifest(), mesh);
    }

    private void retries(ObjectNode body) {
        JsonNode retry = rule().path("retry");
        if (retry.isObject()) {
            StringBuilder on = new StringBuilder(RETRIED);
            Fields.items(retry.path("codes")).forEach(code -> on.append(',').append(code.asText()));
            body.putObject("retries")
                    .put("attempts", Fields.number(retry.path("attempts")).orElse(USUAL_ATTEMPTS))
                    .put("retryOn", on.toString());
        }
    }

    private void timeouts(ObjectNode body) {
        Fields.text(rule().at("/timeouts/request")).ifPresent(timeout -> body.put("timeout", timeout));
        Fields.text(rule().at("/timeouts/backendRequest")).ifPresent(timeout -> {
            if (body.get("retries") instanceof ObjectNode retries) {
                retries.put("perTryTimeout", timeout);
            } else {
                body.put("timeout", timeout);
            }
        });
    }
}
