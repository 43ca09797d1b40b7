package io.meshwright.plan.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.Redaction;

/** Plans as JSON for programs; docs/plan.md says what each key holds, and none is ever taken away. */
public final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private PlanJson() {}

    /** With a line feed at its end. */
    public static String of(PlanReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("base", report.base());
        root.put("head", report.head());
        root.put("risk", report.risk().word());
        report.notes().forEach(root.putArray("notes")::add);
        ArrayNode plans = root.putArray("plans");
        report.plans().forEach(plan -> plan(plans.addObject(), plan, report.acceptances()));
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(root)
                    .concat("\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void plan(ObjectNode json, Plan plan, Acceptances acceptances) {
        json.put("environment", plan.environment());
        json.put("risk", plan.risk().word());
        ArrayNode objects = json.putArray("objects");
        plan.objects().forEach(change -> object(objects.addObject(), change));
        for (Section section : Section.values()) {
            ArrayNode changes = json.putArray(section.key());
            plan.of(section).forEach(change -> change(changes.addObject(), change, acceptances));
        }
        asBefore(json.putObject("findingsAsBefore"), plan.asBefore());
        json.put("equalRequests", plan.requests().equal());
        json.put("requestsNotAsked", plan.requests().left());
        plan.requests().unaskable().forEach(json.putArray("matchesNotAsked")::add);
    }

    private static void asBefore(ObjectNode json, Findings both) {
        json.put("errors", both.errors().size());
        json.put("warnings", both.warnings().size());
        json.put("notes", both.of(Severity.INFO).size());
        ArrayNode errors = json.putArray("stillErrors");
        both.errors()
                .forEach(error -> errors.addObject()
                        .put("code", error.rule().code())
                        .put("subject", error.object())
                        .put("sentence", error.message()));
    }

    private static void object(ObjectNode json, ObjectChange change) {
        json.put("change", ObjectLines.word(change));
        json.put("kind", change.id().kind().toString());
        json.put("namespace", change.id().namespace());
        json.put("name", change.id().name());
        if (change instanceof ObjectChange.Changed changed) {
            ArrayNode fields = json.putArray("fields");
            changed.fields().forEach(field -> field(fields.addObject(), changed, field));
        } else if (change instanceof ObjectChange.Renamed renamed) {
            json.put("from", renamed.from().toString());
        } else if (change instanceof ObjectChange.Moved moved) {
            json.put("from", moved.from());
            json.put("to", moved.to());
        }
    }

    private static void field(ObjectNode json, ObjectChange.Changed changed, FieldChange field) {
        json.put("field", field.field());
        json.put("before", Redaction.value(changed.id().kind(), field, field.before()));
        json.put("after", Redaction.value(changed.id().kind(), field, field.after()));
    }

    private static void change(ObjectNode json, Change change, Acceptances acceptances) {
        json.put("code", change.rule().code());
        json.put("risk", change.risk().word());
        json.put("subject", change.subject());
        json.put("sentence", change.sentence());
        change.reasons().forEach(json.putArray("reasons")::add);
        acceptances.by(change).ifPresent(by -> json.put("acceptedBy", by));
    }
}
