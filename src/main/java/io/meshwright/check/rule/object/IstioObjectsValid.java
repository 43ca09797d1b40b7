package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Inspection;
import io.meshwright.check.ObjectCheck;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.admission.field.Objection;
import io.meshwright.check.schema.Violation;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import java.util.List;

/** Objects of Istio's own kinds keep to the schema of the release and to what its webhook asks beyond it. */
@AutoService(Inspection.class)
public final class IstioObjectsValid implements ObjectCheck {
    public static final Rule OBJECT_INVALID = Rule.error("MESH107", "object_invalid")
            .about(Rule.Subject.OBJECT)
            .title("An object of Istio's breaks its schema or Istio's validation")
            .twins("IST0106")
            .consequence("The API server refuses it, and what is applied with it may wait.")
            .remedy("Write the value that the schema of this release takes.");

    public static final Rule FIELD_UNKNOWN = Rule.error("MESH108", "field_unknown")
            .about(Rule.Subject.FIELD_NAME)
            .title("A field does not exist in the schema of Istio's kind")
            .twins("IST0106")
            .consequence("The API server drops it, or refuses the object: the setting does nothing.")
            .remedy("Look for a misspelling, a wrong level, or a field of another release.");

    public static final Rule WEBHOOK_WARNING = Rule.warning("MESH109", "webhook_warning")
            .about(Rule.Subject.OBJECT)
            .title("Istio's validation warns of a setting")
            .twins("IST0133")
            .consequence("The API server takes the object and shows the warning to whoever applies it.")
            .remedy("Write the setting as Istio means it.");

    @Override
    public List<Rule> rules() {
        return List.of(OBJECT_INVALID, FIELD_UNKNOWN, WEBHOOK_WARNING);
    }

    @Override
    public Look look(Mesh mesh) {
        return new Validation(mesh) {
            @Override
            boolean isAbout(Manifest object) {
                return isIstio(object);
            }

            @Override
            Rule rule(Violation violation) {
                return violation.unknown() ? FIELD_UNKNOWN : OBJECT_INVALID;
            }

            @Override
            Rule rule(Objection objection) {
                return objection.severity() == Severity.ERROR ? OBJECT_INVALID : WEBHOOK_WARNING;
            }

            @Override
            boolean mayTake(Manifest object, Violation violation) {
                return definitions().mayTake(object, violation);
            }
        };
    }
}
