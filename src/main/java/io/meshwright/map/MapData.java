package io.meshwright.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.request.SuggestedRequests;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.TextReport;
import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A map as its page reads it. */
final class MapData {
    private static final int MOST_REQUESTS = 120;

    private final MapModel model;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    MapData(String title, MapModel model) {
        this.model = model;
        root.put("title", title);
        if (!model.withCalls()) {
            root.put(
                    "note",
                    "Who may call whom is left out: there are too many to ask. Draw the manifests of fewer namespaces.");
        }
    }

    ObjectNode json() {
        return root;
    }

    /** Every node and edge; findings by node, and an edge's or a node's change where there is one. */
    MapData drawn(
            Function<MapNode, List<String>> findings,
            Function<MapNode, String> nodeChange,
            Function<MapEdge, String> edgeChange) {
        Map<String, MapLayout.Point> points = MapLayout.of(model);
        ArrayNode nodes = root.putArray("nodes");
        for (MapNode node : model.nodes()) {
            ObjectNode json = nodes.addObject();
            node(json, node, points.getOrDefault(node.id(), new MapLayout.Point(0, 0)));
            findings.apply(node).forEach(json.putArray("findings")::add);
            putUnlessEmpty(json, nodeChange.apply(node));
        }
        ArrayNode edges = root.putArray("edges");
        for (MapEdge edge : model.edges()) {
            ObjectNode json = edges.addObject();
            edge(json, edge);
            putUnlessEmpty(json, edgeChange.apply(edge));
        }
        return this;
    }

    private static void putUnlessEmpty(ObjectNode json, String change) {
        if (!change.isEmpty()) {
            json.put("change", change);
        }
    }

    /** The requests of tables, then the plain ones from outside that the mesh suggests, and how each of them ends. */
    MapData withRequests(Mesh mesh, List<RequestRow> rows) {
        ArrayNode requests = root.putArray("requests");
        Trace trace = Trace.of(mesh);
        rows.forEach(row -> row(requests.addObject(), row, trace));
        Set<Request> told = rows.stream().map(RequestRow::request).collect(Collectors.toSet());
        SuggestedRequests.plain(mesh)
                .filter(request -> !told.contains(request))
                .limit(MOST_REQUESTS)
                .forEach(request -> followed(requests.addObject(), request, trace.follow(request)));
        return this;
    }

    /** A row has a name beside its request, since two may differ in their headers alone, and what the table expects. */
    private void row(ObjectNode json, RequestRow row, Trace trace) {
        Path path = trace.follow(row.request());
        followed(json, row.request(), path);
        if (!row.name().equals(row.request().toString())) {
            json.put("request", "%s (%s)".formatted(json.path("request").asText(), row.name()));
        }
        List<String> misses = row.misses(path);
        ArrayNode lines = json.withArray("lines");
        misses.forEach(miss -> lines.add("table: ".concat(miss)));
        if (misses.isEmpty()) {
            lines.add("table: as expected");
        }
    }

    /** Tells the page that it may ask for more, with this word. */
    MapData live(String token, String version) {
        root.put("live", token);
        root.put("version", version);
        return this;
    }

    private static void node(ObjectNode json, MapNode node, MapLayout.Point point) {
        json.put("id", node.id());
        json.put("label", node.label());
        json.put("type", node.column().name().toLowerCase(Locale.ROOT));
        json.put("namespace", node.namespace());
        json.put("x", point.x());
        json.put("y", point.y());
        ArrayNode objects = json.putArray("objects");
        node.objects().forEach(object -> objects.add("%s, %s".formatted(object, place(object.place()))));
    }

    private static String place(Place place) {
        return "%s:%d".formatted(place.file(), place.line());
    }

    private static void edge(ObjectNode json, MapEdge edge) {
        json.put("source", edge.source());
        json.put("target", edge.target());
        json.put("kind", edge.kind());
        json.put("label", edge.label());
        edge.details().forEach(json.putArray("details")::add);
    }

    /** Adds how a request ends, and the nodes by which it passes. */
    void followed(ObjectNode json, Request request, Path path) {
        String client = request.clientIp().map(" (%s)"::formatted).orElse("");
        json.put("request", "%s from %s%s".formatted(request, request.from(), client));
        json.put("verdict", path.verdict().summary());
        TextReport.of(request, path).forEach(json.putArray("lines")::add);
        Set<Manifest> deciding = path.deciding().collect(Collectors.toSet());
        ArrayNode passed = json.putArray("passes");
        model.nodes().stream()
                .filter(node -> node.objects().stream().anyMatch(deciding::contains)
                        || node.id().equals(MapModel.CLIENTS))
                .forEach(node -> passed.add(node.id()));
    }
}
