package io.meshwright.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestTable;
import java.util.ArrayList;
import java.util.List;

/** Requests through the objects of a row, followed by trace. */
final class Traffic {
    private final Row row;
    private final Trace trace;

    Traffic(Row row) {
        this.row = row;
        this.trace = Trace.of(Mesh.of(row.objects().manifests(), row.version()));
    }

    /** One sentence on each thing that is not as recorded, and if a difference has no reason or is none. */
    List<String> misses(Call call) {
        List<String> upstream = misses(call.request(), call.expect());
        if (!call.differs()) {
            return upstream;
        }
        List<String> misses = new ArrayList<>(misses(call.request(), call.here()));
        if (upstream.isEmpty()) {
            misses.add("%s ends as expected and needs no \"here\"".formatted(call.request()));
        }
        if (!call.reason().endsWith(".")) {
            misses.add("%s ends otherwise and has no reason".formatted(call.request()));
        }
        return misses;
    }

    private List<String> misses(JsonNode request, JsonNode expect) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("apiVersion", "meshwright.io/v1").put("kind", "RequestTable");
        table.putObject("metadata").put("name", "asked");
        table.putArray("rows")
                .addObject()
                .setAll(new ObjectNode(
                        JsonNodeFactory.instance, java.util.Map.of("request", request, "expect", expect)));
        return RequestTable.of(ManifestReader.of("asked.yaml", table.toString()), row.id()).stream()
                .flatMap(asked -> asked.misses(trace).stream())
                .map(miss -> "%s: %s".formatted(request, miss))
                .toList();
    }
}
