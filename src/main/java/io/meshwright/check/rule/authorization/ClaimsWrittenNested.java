package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * In the key of a condition each claim of a nested one stands in brackets of its own (istio.io, JWT claim based
 * routing); Keycloak keeps roles in realm_access and resource_access.
 */
@AutoService(Inspection.class)
public final class ClaimsWrittenNested implements Check {
    public static final Rule CLAIM_NOT_NESTED = Rule.error("MESH363", "claim_not_nested")
            .title("A condition asks for a claim whose name is the path to one")
            .consequence("No token has it: the rule fits nobody.")
            .remedy("Put each part in brackets of its own, such as request.auth.claims[realm_access][roles].");

    private static final Pattern DOTTED =
            Pattern.compile("request\\.auth\\.claims\\[((?:realm|resource)_access)\\.([^\\]]+)\\]");

    @Override
    public List<Rule> rules() {
        return List.of(CLAIM_NOT_NESTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies()
                .rules()
                .flatMap(rule -> rule.items("when").map(item -> item.at("/key")))
                .flatMap(key -> finding(key).stream());
    }

    private static Optional<Finding> finding(Source key) {
        Matcher dotted = DOTTED.matcher(key.value().asText(""));
        return dotted.matches()
                ? Optional.of(CLAIM_NOT_NESTED.at(
                        key,
                        "\"%s.%s\" is no claim of a token of Keycloak's: it nests them"
                                .formatted(dotted.group(1), dotted.group(2))))
                : Optional.empty();
    }
}
