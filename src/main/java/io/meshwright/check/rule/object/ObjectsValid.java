package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Inspection;
import io.meshwright.check.ObjectCheck;
import io.meshwright.check.Rule;
import io.meshwright.check.admission.field.Objection;
import io.meshwright.check.schema.BuiltIn;
import io.meshwright.check.schema.Violation;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import java.util.List;

/** Objects of all kinds but Istio's own keep to the schema of their kind and to what the API server asks beyond it. */
@AutoService(Inspection.class)
public final class ObjectsValid implements ObjectCheck {
    public static final Rule OBJECT_REFUSED = Rule.error("MESH110", "object_refused")
            .about(Rule.Subject.OBJECT)
            .title("An object breaks the schema of its kind or what the API server asks beyond it")
            .consequence("The API server refuses it, and what is applied with it may wait.")
            .remedy("Write the value that the API server takes.");

    public static final Rule FIELD_DROPPED = Rule.error("MESH113", "field_dropped")
            .about(Rule.Subject.FIELD_NAME)
            .title("A field does not exist in the schema of its kind")
            .consequence("The API server drops it, or refuses the object: the setting does nothing.")
            .remedy("Look for a misspelling, a wrong level, or a field of another version.");

    @Override
    public List<Rule> rules() {
        return List.of(OBJECT_REFUSED, FIELD_DROPPED);
    }

    @Override
    public Look look(Mesh mesh) {
        return new Validation(mesh) {
            @Override
            boolean isAbout(Manifest object) {
                return !isIstio(object);
            }

            @Override
            Rule rule(Violation violation) {
                return violation.unknown() ? FIELD_DROPPED : OBJECT_REFUSED;
            }

            @Override
            Rule rule(Objection objection) {
                return OBJECT_REFUSED;
            }

            /** The cluster may have a later release than the one that is known here, or fields on trial. */
            @Override
            boolean mayTake(Manifest object, Violation violation) {
                return violation.unknown()
                        && !BuiltIn.knows(object)
                        && !definitions().isGiven(object);
            }
        };
    }
}
