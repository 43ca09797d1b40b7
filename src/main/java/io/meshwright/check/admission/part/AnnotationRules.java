package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import io.meshwright.manifest.Kind;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Set;

/** Annotations that the webhook reads itself. */
public final class AnnotationRules {
    private static final String DRY_RUN = IstioAnnotations.DRY_RUN;
    private static final String REJECT = IstioAnnotations.INTERNAL_ALWAYS_REJECT;
    private static final Set<String> TRUTH =
            Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

    private AnnotationRules() {}

    public static void examine(Field object) {
        Field annotations = object.at("metadata").at("annotations");
        Field dryRun = annotations.at(DRY_RUN);
        if (dryRun.isSet() && !object.manifest().kind().equals(Kind.AUTHORIZATION_POLICY)) {
            dryRun.refuse("only an AuthorizationPolicy can be tried dry", "Remove the annotation.");
        } else if (dryRun.isSet()) {
            dryRun(dryRun, object.at("spec").at("action").text());
        }
        if (annotations.at(REJECT).isSet()) {
            annotations
                    .at(REJECT)
                    .refuse(
                            "istiod refuses every object with this annotation, which it uses to test itself",
                            "Remove the annotation.");
        }
    }

    private static void dryRun(Field annotation, String action) {
        if (!Set.of("", "ALLOW", "DENY").contains(action)) {
            annotation.refuse(
                    "a policy of action %s cannot be tried dry".formatted(action),
                    "Remove the annotation, or write action ALLOW or DENY.");
        } else if (!TRUTH.contains(annotation.text())) {
            annotation.refuse(
                    "\"%s\" is neither true nor false".formatted(annotation.text()), "Write \"true\" or \"false\".");
        }
    }
}
