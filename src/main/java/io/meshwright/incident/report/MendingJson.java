package io.meshwright.incident.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.incident.mending.Mends;
import io.meshwright.plan.object.ObjectChange;

/** The ways to mend an incident and their plans for programs. */
final class MendingJson {
    private MendingJson() {}

    static void add(ObjectNode json, Mends mends) {
        ArrayNode mendings = json.putArray("mendings");
        mends.planned().forEach(planned -> planned(mendings.addObject(), planned));
        mends.unplanned().forEach(json.putArray("notPlanned")::add);
    }

    private static void planned(ObjectNode json, Mends.Planned planned) {
        json.put("what", planned.mending().what())
                .put("object", planned.mending().place().manifest().toString())
                .put("place", planned.mending().place().place().toString())
                .put("field", planned.mending().place().pointer())
                .put("risk", planned.risk().word())
                .put("before", planned.before())
                .put("after", planned.after());
        planned.mending().mind().ifPresent(sentence -> json.put("mind", sentence));
        ArrayNode fields = json.putArray("fields");
        planned.plan().objects().forEach(object -> {
            if (object instanceof ObjectChange.Changed changed) {
                changed.fields().forEach(field -> {
                    ObjectNode each = fields.addObject().put("field", field.field());
                    each.set("before", field.before());
                    each.set("after", field.after());
                });
            }
        });
        ArrayNode changes = json.putArray("changes");
        MendingText.told(planned)
                .forEach(change -> changes.addObject()
                        .put("code", change.rule().code())
                        .put("risk", change.risk().word())
                        .put("subject", change.subject())
                        .put("sentence", change.sentence()));
        json.put("equalRequests", planned.plan().requests().equal());
    }
}
