package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.TokenDemand;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.JwtRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A gateway passes on the token that the pod behind it asks for too. */
@AutoService(Inspection.class)
public final class TokensForwarded implements Check {
    public static final Rule TOKEN_TAKEN_OUT = Rule.error("MESH224", "token_taken_out")
            .title("A gateway takes out a token that the workload needs")
            .consequence("The workload answers 403.")
            .remedy("Set forwardOriginalToken: true in the gateway's RequestAuthentication.");

    @Override
    public List<Rule> rules() {
        return List.of(TOKEN_TAKEN_OUT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return GatewayRoute.of(mesh).stream()
                .flatMap(entry -> GatewayConnection.of(mesh, entry).stream())
                .flatMap(connection -> stripped(mesh, connection).stream());
    }

    private static Optional<Finding> stripped(Mesh mesh, GatewayConnection connection) {
        List<JwtRule> before = mesh.requestAuthentications().rules(connection.gateway());
        boolean needed = mesh.authorizationPolicies().of(connection.server()).stream()
                .anyMatch(policy -> policy.rules().stream()
                        .anyMatch(rule -> TokenDemand.of(policy, rule).findAny().isPresent()));
        return mesh.requestAuthentications().rules(connection.server()).stream()
                .filter(after -> needed)
                .flatMap(after ->
                        before.stream().filter(rule -> rule.issuer().equals(after.issuer()) && !rule.forwards()))
                .findFirst()
                .map(rule -> TOKEN_TAKEN_OUT.at(
                        rule.source(),
                        ("the gateway takes the token out after it has verified it, and %s, which asks for it "
                                        + "too, answers 403")
                                .formatted(connection.server())));
    }
}
