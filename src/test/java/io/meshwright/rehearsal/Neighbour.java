package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A field beside one that an Application ignores, and what somebody makes of it by hand. */
record Neighbour(JsonNode object, String at, JsonNode to) {
    private static final Path TABLE = Path.of("test", "resources", "rehearsal", "neighbours.yaml");

    /** Those of every object that an Application of the environment has and of which it ignores something. */
    static List<Neighbour> of(Dist dist, Applications applications) {
        JsonNode table = Dist.read(TABLE);
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode application : dist.applications()) {
            JsonNode status =
                    applications.get(application.at("/metadata/name").asText()).path("status");
            application.at("/spec/ignoreDifferences").forEach(ignored -> {
                JsonNode rows = table.path(ignored.path("kind").asText());
                if (rows.isEmpty()) {
                    throw new IllegalStateException("%s has no row in %s; add one".formatted(ignored, TABLE));
                }
                status.path("resources").forEach(object -> {
                    if (covers(ignored, object)) {
                        rows.forEach(row -> neighbours.add(
                                new Neighbour(manifest(object), row.path("at").asText(), row.path("to"))));
                    }
                });
            });
        }
        return neighbours;
    }

    private static boolean covers(JsonNode ignored, JsonNode object) {
        return ignored.path("kind").equals(object.path("kind"))
                && ignored.path("group").asText().equals(object.path("group").asText())
                && (!ignored.has("name") || ignored.path("name").equals(object.path("name")))
                && (!ignored.has("namespace") || ignored.path("namespace").equals(object.path("namespace")));
    }

    /** What names an object, made of what Argo CD says that it manages. */
    private static JsonNode manifest(JsonNode object) {
        ObjectNode manifest = Dist.YAML.createObjectNode();
        manifest.put(
                        "apiVersion",
                        "%s/%s"
                                .formatted(
                                        object.path("group").asText(),
                                        object.path("version").asText()))
                .put("kind", object.path("kind").asText());
        ObjectNode metadata =
                manifest.putObject("metadata").put("name", object.path("name").asText());
        if (object.has("namespace")) {
            metadata.put("namespace", object.path("namespace").asText());
        }
        return manifest;
    }

    @Override
    public String toString() {
        return "%s of %s %s"
                .formatted(
                        at,
                        object.path("kind").asText(),
                        object.at("/metadata/name").asText());
    }
}
