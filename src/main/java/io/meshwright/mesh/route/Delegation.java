package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.StringMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins a root route with the routes of its delegate (pilot/pkg/model/virtualservice.go, mergeHTTPRoutes). */
final class Delegation {
    // The root's word counts only where the delegate says nothing; nothing is merged deeper.
    private static final List<String> INHERITED = List.of(
            "directResponse",
            "timeout",
            "retries",
            "corsPolicy",
            "fault",
            "headers",
            "rewrite",
            "mirror",
            "mirrors",
            "mirrorPercent",
            "mirrorPercentage");
    private static final List<String> TEXT_MATCHES = List.of("scheme", "method", "authority");
    private static final List<String> KEYED_MATCHES = List.of("headers", "withoutHeaders", "queryParams");

    private Delegation() {}

    /** The delegate's routes under the root's conditions; one whose matches contradict the root's is left out. */
    static List<HttpRoute> join(HttpRoute root, VirtualService delegate) {
        List<HttpRoute> joined = new ArrayList<>();
        for (HttpRoute route : delegate.written()) {
            matches(root, route)
                    .ifPresent(matches -> joined.add(new HttpRoute(
                            delegate,
                            route.source(),
                            body(root.body(), route.body()),
                            matches,
                            Optional.of(root.source()))));
        }
        return joined;
    }

    /** The delegate's routes that ask for what no match of the root's lets through, and so vanish. */
    static List<HttpRoute> lost(HttpRoute root, VirtualService delegate) {
        return delegate.written().stream()
                .filter(route -> matches(root, route).isEmpty())
                .toList();
    }

    private static JsonNode body(JsonNode root, JsonNode delegate) {
        ObjectNode body = fields(delegate);
        INHERITED.stream()
                .filter(field -> root.has(field) && !body.has(field))
                .forEach(field -> body.set(field, root.get(field)));
        String name = Stream.of(root, delegate)
                .map(route -> route.path("name").asText(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"));
        return name.isEmpty() ? body : body.put("name", name);
    }

    private static Optional<List<HttpMatch>> matches(HttpRoute root, HttpRoute delegate) {
        if (root.matches().isEmpty() || delegate.matches().isEmpty()) {
            return Optional.of(root.matches().isEmpty() ? delegate.matches() : root.matches());
        }
        List<HttpMatch> joined = new ArrayList<>();
        for (HttpMatch inner : delegate.matches()) {
            List<HttpMatch> fitting = root.matches().stream()
                    .filter(outer -> compatible(outer.body(), inner.body()))
                    .map(outer -> new HttpMatch(inner.source(), both(outer.body(), inner.body()), inner.namespace()))
                    .toList();
            if (fitting.isEmpty()) {
                return Optional.empty();
            }
            joined.addAll(fitting);
        }
        return Optional.of(joined);
    }

    private static JsonNode both(JsonNode root, JsonNode delegate) {
        ObjectNode both = fields(root);
        for (Map.Entry<String, JsonNode> field : Fields.entries(delegate)) {
            boolean keyed =
                    KEYED_MATCHES.contains(field.getKey()) || field.getKey().equals("sourceLabels");
            if (keyed
                    && both.get(field.getKey()) instanceof ObjectNode there
                    && field.getValue() instanceof ObjectNode more) {
                there.setAll(more);
            } else {
                both.set(field.getKey(), field.getValue());
            }
        }
        return both;
    }

    private static ObjectNode fields(JsonNode node) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(field -> copy.set(field.getKey(), field.getValue().deepCopy()));
        return copy;
    }

    private static boolean compatible(JsonNode root, JsonNode delegate) {
        return root.path("ignoreUriCase").asBoolean(false)
                        == delegate.path("ignoreUriCase").asBoolean(false)
                && narrower(root.path("uri"), delegate.path("uri"))
                && TEXT_MATCHES.stream().allMatch(field -> narrower(root.path(field), delegate.path(field)))
                && KEYED_MATCHES.stream()
                        .allMatch(field -> sharedKeys(root.path(field), delegate.path(field)).stream()
                                .allMatch(key -> narrower(
                                        root.path(field).path(key),
                                        delegate.path(field).path(key))))
                && sameSource(root, delegate)
                && samePort(root, delegate)
                && withinGateways(root, delegate);
    }

    /** True if the delegate asks for no more than the root lets through; a regex is compared with nothing. */
    private static boolean narrower(JsonNode root, JsonNode delegate) {
        if (!root.isObject() || !delegate.isObject()) {
            return true;
        }
        StringMatch outer = StringMatch.of(root);
        StringMatch inner = StringMatch.of(delegate);
        return switch (outer.type()) {
            case EXACT -> inner.type() == StringMatch.Type.EXACT && inner.text().equals(outer.text());
            case PREFIX ->
                (inner.type() == StringMatch.Type.EXACT || inner.type() == StringMatch.Type.PREFIX)
                        && inner.text().startsWith(outer.text());
            default -> false;
        };
    }

    private static Set<String> sharedKeys(JsonNode root, JsonNode delegate) {
        Set<String> shared = new TreeSet<>();
        root.fieldNames().forEachRemaining(shared::add);
        shared.removeIf(key -> !delegate.has(key));
        return shared;
    }

    private static boolean sameSource(JsonNode root, JsonNode delegate) {
        Map<String, String> inner = Fields.strings(delegate.path("sourceLabels"));
        boolean labels = Fields.strings(root.path("sourceLabels")).entrySet().stream()
                .allMatch(label ->
                        Objects.equals(inner.getOrDefault(label.getKey(), label.getValue()), label.getValue()));
        // Istio compares these as they stand, so that a delegate without a source namespace contradicts a root with
        // one.
        return labels
                && (!root.has("sourceNamespace")
                        || root.get("sourceNamespace").equals(delegate.path("sourceNamespace")));
    }

    private static boolean samePort(JsonNode root, JsonNode delegate) {
        int outer = root.path("port").asInt(0);
        int inner = delegate.path("port").asInt(0);
        return outer == 0 || inner == 0 || outer == inner;
    }

    private static boolean withinGateways(JsonNode root, JsonNode delegate) {
        List<String> inner = Fields.texts(delegate.path("gateways"));
        return inner.isEmpty() || Fields.texts(root.path("gateways")).containsAll(inner);
    }
}
