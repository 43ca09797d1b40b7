package io.meshwright.incident.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.incident.Incident;
import io.meshwright.incident.mending.Mends;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.report.JsonReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** An explanation for programs. */
public final class IncidentJson {
    private IncidentJson() {}

    /** The same as the text, by keys that are never taken away. */
    public static ObjectNode of(
            Incident incident,
            Mends mends,
            List<String> looks,
            Optional<String> runbook,
            Function<Source, Optional<String>> lastChange) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode seen = json.putObject("seen");
        seen.put("kind", incident.evidence().kind().name().toLowerCase(Locale.ROOT));
        incident.evidence().values().forEach((field, value) -> seen.put(field.key(), value));
        incident.evidence().labels().forEach(seen::put);
        json.put("explained", incident.explained());
        ArrayNode ways = json.putArray("ways");
        incident.ways().forEach(way -> ways.add(JsonReport.of(way.request(), way.path())));
        ArrayNode causes = json.putArray("causes");
        incident.causes().forEach(cause -> {
            ObjectNode each = causes.addObject().put("what", cause.what()).put("remedy", cause.remedy());
            ArrayNode places = each.putArray("decidedBy");
            cause.decidedBy().forEach(source -> {
                ObjectNode place = places.addObject()
                        .put("place", source.place().toString())
                        .put("object", source.manifest().toString())
                        .put("field", source.pointer());
                lastChange.apply(source).ifPresent(change -> place.put("lastChange", change));
            });
        });
        MendingJson.add(json, mends);
        looks.forEach(json.putArray("looks")::add);
        runbook.ifPresent(page -> json.put("runbook", page));
        return json;
    }
}
