package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name is what people trust in a review: deny-all must deny all, and allow-nothing allow nothing. */
@AutoService(Inspection.class)
public final class PolicyNamedAsItActs implements Check {
    public static final Rule NAME_CONTRADICTS_RULES = Rule.error("MESH218", "name_contradicts_rules")
            .title("The name of a policy contradicts its rules")
            .consequence("Reviewers trust a protection that is not there.")
            .remedy("Rename the policy for what it does, or give it the rules of its name.");

    private static final Pattern DENIES_ALL =
            Pattern.compile("(deny-all|default-deny|allow-nothing|allow-none|deny-everything)(-.*)?");
    private static final Pattern ALLOWS_ALL = Pattern.compile("(allow-all|allow-any|allow-everything)(-.*)?");

    @Override
    public List<Rule> rules() {
        return List.of(NAME_CONTRADICTS_RULES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream()
                .flatMap(policy -> contradiction(policy).stream()
                        .map(why -> NAME_CONTRADICTS_RULES.at(
                                policy.manifest(),
                                "the policy is named \"%s\", but %s"
                                        .formatted(policy.manifest().name(), why))));
    }

    private static Optional<String> contradiction(AuthorizationPolicy policy) {
        String name = policy.manifest().name().toLowerCase(Locale.ROOT);
        boolean allow = policy.action() == Action.ALLOW;
        if (DENIES_ALL.matcher(name).matches() && allow && !policy.rules().isEmpty()) {
            return Optional.of("its action is ALLOW and it has rules, so it lets callers in");
        }
        if (ALLOWS_ALL.matcher(name).matches() && allow && policy.rules().isEmpty()) {
            return Optional.of("it is an ALLOW policy without rules, which denies everything");
        }
        if (ALLOWS_ALL.matcher(name).matches() && policy.action() == Action.DENY) {
            return Optional.of("its action is DENY");
        }
        return Optional.empty();
    }
}
