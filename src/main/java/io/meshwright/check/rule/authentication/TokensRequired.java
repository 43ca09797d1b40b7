package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.TokenDemand;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A RequestAuthentication alone demands nothing, so a policy on the same pods asks for the token. */
@AutoService(Inspection.class)
public final class TokensRequired implements Check {
    public static final Rule TOKEN_NOT_REQUIRED = Rule.warning("MESH223", "token_not_required")
            .title("Tokens are verified but not required")
            .consequence("A request without any token passes.")
            .remedy("Add an AuthorizationPolicy that denies notRequestPrincipals [\"*\"], except preflights.");

    @Override
    public List<Rule> rules() {
        return List.of(TOKEN_NOT_REQUIRED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                .filter(object -> !object.at("/spec/jwtRules").isEmpty())
                .filter(object -> TokenDemand.pods(mesh, object).findAny().isPresent()
                        && TokenDemand.pods(mesh, object)
                                .allMatch(pod ->
                                        mesh.authorizationPolicies().of(pod).isEmpty()))
                .map(object -> TOKEN_NOT_REQUIRED.at(
                        object, "no AuthorizationPolicy acts on its pods, so requests without any token pass"));
    }
}
