package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.TokenDemand;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import java.util.List;
import java.util.stream.Stream;

/** Pods whose policies ask for a token have a RequestAuthentication on the same pod. */
@AutoService(Inspection.class)
public final class TokensReachPolicies implements Check {
    public static final Rule TOKEN_NEVER_READ = Rule.error("MESH222", "token_never_read")
            .title("A policy asks for a token where none is verified")
            .consequence("No request ever has a request principal there.")
            .remedy("Add a RequestAuthentication for the same pods.");

    @Override
    public List<Rule> rules() {
        return List.of(TOKEN_NEVER_READ);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream().flatMap(policy -> unread(mesh, policy));
    }

    private static Stream<Finding> unread(Mesh mesh, AuthorizationPolicy policy) {
        return TokenDemand.pods(mesh, policy.manifest())
                .filter(pod -> mesh.requestAuthentications().of(pod).isEmpty())
                .limit(1)
                .flatMap(pod -> policy.rules().stream()
                        .flatMap(rule -> TokenDemand.of(policy, rule))
                        .limit(1)
                        .map(place -> TOKEN_NEVER_READ.at(
                                place,
                                "no RequestAuthentication acts on %s, so no request there ever has a verified token: %s"
                                        .formatted(
                                                pod,
                                                policy.action() == Action.DENY
                                                        ? "every request is denied"
                                                        : "the rule fits no request"))));
    }
}
