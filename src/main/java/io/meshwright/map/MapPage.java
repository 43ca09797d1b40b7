package io.meshwright.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.Mesh;
import io.meshwright.page.Html;
import io.meshwright.plan.request.SuggestedRequests;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.report.TextReport;
import io.meshwright.trace.request.Request;
import io.meshwright.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mesh as one HTML file that needs nothing else: no network, which its own policy forbids, and no script but the two
 * whose digests that policy names.
 */
public final class MapPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DRAWING = "/META-INF/resources/webjars/cytoscape/%s/%s";
    private static final int MOST_REQUESTS = 120;

    private final Mesh mesh;
    private final MapModel model;
    private final Findings findings;

    private MapPage(Mesh mesh, Findings findings) {
        this.mesh = mesh;
        this.model = MapModel.of(mesh);
        this.findings = findings;
    }

    /** The whole file, with a line feed at its end; equal manifests give equal bytes. */
    public static String of(String title, Mesh mesh, Findings findings) {
        String version = resource("cytoscape.txt").strip();
        String drawing = resource(DRAWING.formatted(version, "dist/cytoscape.min.js"));
        String licence = resource(DRAWING.formatted(version, "LICENSE"));
        String script = resource("map.js");
        String policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s' 'sha256-%s'"
                .formatted(Sha256.base64(drawing), Sha256.base64(script));
        String data = new MapPage(mesh, findings).data(title);
        return resource("map.html")
                .replace("@policy@", policy)
                .replace("@title@", Html.escaped(title))
                .replace("@style@", resource("map.css"))
                .replace("@licence@", licence.replace("--", "- -"))
                // Last, since what comes from manifests may hold such a word.
                .replace("@script@", script)
                .replace("@drawing@", drawing)
                .replace("@data@", data);
    }

    private static String resource(String name) {
        try (InputStream stream = MapPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(name));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON that ends no script element: a less-than sign never stands in it as itself. */
    private String data(String title) {
        ObjectNode root = JSON.createObjectNode();
        root.put("title", title);
        Map<String, MapLayout.Point> points = MapLayout.of(model);
        ArrayNode nodes = root.putArray("nodes");
        model.nodes().forEach(node -> node(nodes.addObject(), node, points));
        ArrayNode edges = root.putArray("edges");
        model.edges().forEach(edge -> edge(edges.addObject(), edge));
        ArrayNode requests = root.putArray("requests");
        Trace trace = Trace.of(mesh);
        SuggestedRequests.outside(mesh).stream()
                .filter(request ->
                        request.headers().isEmpty() && request.token().isEmpty())
                .limit(MOST_REQUESTS)
                .forEach(request -> request(requests.addObject(), request, trace.follow(request)));
        try {
            return JSON.writeValueAsString(root).replace("<", "\\u003c").replace("@", "\\u0040");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void node(ObjectNode json, MapNode node, Map<String, MapLayout.Point> points) {
        json.put("id", node.id());
        json.put("label", node.label());
        json.put("type", node.column().name().toLowerCase(Locale.ROOT));
        json.put("namespace", node.namespace());
        MapLayout.Point point = points.getOrDefault(node.id(), new MapLayout.Point(0, 0));
        json.put("x", point.x());
        json.put("y", point.y());
        ArrayNode objects = json.putArray("objects");
        node.objects().forEach(object -> objects.add("%s, %s".formatted(object, place(object.place()))));
        ArrayNode found = json.putArray("findings");
        findings.all().stream()
                .filter(finding -> finding.manifest()
                        .map(object -> node.objects().contains(object))
                        .orElse(false))
                .forEach(finding -> found.add(told(finding)));
    }

    private static String place(Place place) {
        return "%s:%d".formatted(place.file(), place.line());
    }

    private static String told(Finding finding) {
        return "%s %s: %s".formatted(finding.severity().word(), finding.rule().code(), finding.message());
    }

    private static void edge(ObjectNode json, MapEdge edge) {
        json.put("source", edge.source());
        json.put("target", edge.target());
        json.put("kind", edge.kind());
        json.put("label", edge.label());
        edge.details().forEach(json.putArray("details")::add);
    }

    private void request(ObjectNode json, Request request, Path path) {
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
