package io.meshwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects of Kubernetes' own kinds, and which edits of them an API server refuses. */
public final class Updates {
    private static final JsonNode TABLE = PlanEdits.table("updates.yaml");

    private Updates() {}

    /** One edit of one object, and what an API server says. */
    public record Update(JsonNode object, JsonNode edit, boolean refused) {
        public JsonNode edited() {
            JsonNode edited = object.deepCopy();
            edit.properties().forEach(field -> PlanEdits.set(edited, field.getKey(), field.getValue()));
            return edited;
        }

        /** Whether a plan of the edit says that the API server refuses it. */
        public boolean isCalledRefused() {
            return says(ChangeRule.FIELD_REFUSED);
        }

        /** Whether a plan of the edit says that pods are made anew. */
        public boolean isCalledRestarting() {
            return says(ChangeRule.POD_RESTARTS) || says(ChangeRule.DOWNTIME);
        }

        private boolean says(ChangeRule rule) {
            return plan(object, edited()).changes().stream().map(Change::rule).anyMatch(rule::equals);
        }

        @Override
        public String toString() {
            return "%s %s".formatted(PlanEdits.name(object), edit);
        }
    }

    public static List<JsonNode> objects() {
        return rows().map(row -> row.path("object")).toList();
    }

    public static Stream<Update> all() {
        return rows().flatMap(row -> Stream.concat(updates(row, "taken", false), updates(row, "refused", true)));
    }

    /** Beside the storage classes of the table, which say what a claim may do. */
    public static Plan plan(JsonNode before, JsonNode after) {
        return Plan.between("", PlanEdits.side(withClasses(before)), PlanEdits.side(withClasses(after)), List.of());
    }

    private static Stream<Update> updates(JsonNode row, String list, boolean refused) {
        return StreamSupport.stream(row.path(list).spliterator(), false)
                .map(edit -> new Update(row.path("object"), edit, refused));
    }

    private static List<ObjectNode> withClasses(JsonNode object) {
        List<ObjectNode> all = new ArrayList<>(List.of((ObjectNode) object));
        if (!isClass(object)) {
            objects().stream().filter(Updates::isClass).forEach(each -> all.add((ObjectNode) each));
        }
        return all;
    }

    private static boolean isClass(JsonNode object) {
        return object.path("kind").asText().equals("StorageClass");
    }

    private static Stream<JsonNode> rows() {
        return StreamSupport.stream(TABLE.spliterator(), false);
    }
}
