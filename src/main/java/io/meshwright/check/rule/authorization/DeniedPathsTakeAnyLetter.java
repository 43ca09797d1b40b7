package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Wildcard;
import java.util.List;
import java.util.stream.Stream;

/** A path that is refused by a template is refused with an equal sign in it too. */
@AutoService(Inspection.class)
public final class DeniedPathsTakeAnyLetter implements Check {
    public static final Rule TEMPLATE_EVADED = Rule.info("MESH440", "template_evaded")
            .title("A path that is refused by a template is not refused with an equal sign in it")
            .consequence("{*} and {**} stand for neither an equal sign nor an asterisk: with a parameter that servers"
                    + " leave out, such as ;a=b of Java's, the request passes.")
            .remedy("Refuse it by a path that ends with an asterisk, such as /admin/*, or admit what may be called and"
                    + " nothing else.");

    private static final String EVADING = "x;a=b";

    @Override
    public List<Rule> rules() {
        return List.of(TEMPLATE_EVADED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream()
                .flatMap(policy -> policy.rules().stream().flatMap(rule -> evaded(rule.source(), policy, mesh)));
    }

    private static Stream<Finding> evaded(Source rule, AuthorizationPolicy policy, Mesh mesh) {
        List<AuthorizationValues.Value> refused = switch (policy.action()) {
            case DENY ->
                AuthorizationValues.of(rule, "to", "operation", "paths").toList();
            case ALLOW ->
                AuthorizationValues.of(rule, "to", "operation", "notPaths").toList();
            default -> List.<AuthorizationValues.Value>of();
        };
        return refused.stream()
                .filter(value -> Wildcard.isPathTemplate(value.text(), mesh.version()))
                .filter(value -> refused.stream()
                        .noneMatch(other -> Wildcard.fitsPath(other.text(), evading(value), mesh.version())))
                .map(value -> TEMPLATE_EVADED.at(
                        value.source(), "a request for \"%s\" is not refused".formatted(evading(value))));
    }

    private static String evading(AuthorizationValues.Value template) {
        return template.text().replace("{**}", EVADING).replace("{*}", EVADING);
    }
}
