package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.policy.JwtRule;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.terms.ClaimPath;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who asks for a token's claims needs a RequestAuthentication on the same pod, and a token that has not been taken out
 * before.
 */
public final class TokensReachPolicies implements Check {
    private static final List<String> KEYS =
            List.of("request.auth.principal", "request.auth.audiences", "request.auth.presenter");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.of(
                        mesh.authorizationPolicies().all().stream().flatMap(policy -> unread(mesh, policy)),
                        claims(mesh),
                        optional(mesh),
                        stripped(mesh))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> unread(Mesh mesh, AuthorizationPolicy policy) {
        return pods(mesh, policy.manifest())
                .filter(pod -> mesh.requestAuthentications().of(pod).isEmpty())
                .limit(1)
                .flatMap(pod -> policy.rules().stream()
                        .flatMap(rule -> demand(policy, rule))
                        .limit(1)
                        .map(place -> Rule.TOKEN_NEVER_READ.at(
                                place,
                                "no RequestAuthentication acts on %s, so no request there ever has a verified token: %s"
                                        .formatted(
                                                pod,
                                                policy.action() == Action.DENY
                                                        ? "every request is denied"
                                                        : "the rule fits no request"))));
    }

    /** What of a rule fits no request (or, in a DENY policy, every request) without tokens. */
    private static Stream<Source> demand(AuthorizationPolicy policy, AuthorizationRule rule) {
        return policy.action() == Action.DENY
                ? Values.of(rule.source(), "from", "source", "notRequestPrincipals")
                        .map(Values.Value::source)
                : Stream.concat(
                                Values.of(rule.source(), "from", "source", "requestPrincipals"),
                                KEYS.stream().flatMap(key -> Values.when(rule.source(), key)))
                        .map(Values.Value::source);
    }

    private static Stream<Pod> pods(Mesh mesh, Manifest policy) {
        return Attachment.pods(policy, mesh.pods(), mesh.config()).stream()
                .filter(pod -> pod.proxy().inMesh().isYes());
    }

    /** Routes by claims at a gateway whose pods verify no token. */
    private static Stream<Finding> claims(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream()
                        .flatMap(route -> route.matches().stream())
                        .filter(TokensReachPolicies::asksClaims)
                        .limit(1)
                        .filter(match -> service.gateways().stream()
                                .flatMap(name -> mesh.gateways().find(name).stream())
                                .anyMatch(gateway ->
                                        mesh.gateways().pods(gateway).isEmpty()
                                                ? mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                                                        .noneMatch(object -> Attachment.selector(object)
                                                                .compatible(gateway.selector()))
                                                : mesh.gateways().pods(gateway).stream()
                                                        .anyMatch(pod -> mesh.requestAuthentications()
                                                                .of(pod)
                                                                .isEmpty())))
                        .map(match -> Rule.CLAIM_ROUTE_WITHOUT_TOKENS.at(
                                match.source(),
                                "no RequestAuthentication acts on the gateway's pods, so no request"
                                        + " has claims and the match fits none")));
    }

    private static boolean asksClaims(HttpMatch match) {
        return match.body().path("headers").properties().stream()
                .anyMatch(header -> ClaimPath.of(header.getKey()).isPresent());
    }

    /** A RequestAuthentication alone demands nothing. */
    private static Stream<Finding> optional(Mesh mesh) {
        return mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                .filter(object -> !object.at("/spec/jwtRules").isEmpty())
                .filter(object -> pods(mesh, object).findAny().isPresent()
                        && pods(mesh, object)
                                .allMatch(pod ->
                                        mesh.authorizationPolicies().of(pod).isEmpty()))
                .map(object -> Rule.TOKEN_NOT_REQUIRED.at(
                        object, "no AuthorizationPolicy acts on its pods, so requests without any token pass"));
    }

    private static Stream<Finding> stripped(Mesh mesh) {
        return Hop.entries(mesh).stream()
                .flatMap(entry -> Hop.of(mesh, entry).stream())
                .flatMap(hop -> stripped(mesh, hop).stream());
    }

    private static Optional<Finding> stripped(Mesh mesh, Hop hop) {
        List<JwtRule> before = mesh.requestAuthentications().rules(hop.gateway());
        boolean needed = mesh.authorizationPolicies().of(hop.server()).stream()
                .anyMatch(policy -> policy.rules().stream()
                        .anyMatch(rule -> demand(policy, rule).findAny().isPresent()));
        return mesh.requestAuthentications().rules(hop.server()).stream()
                .filter(after -> needed)
                .flatMap(after ->
                        before.stream().filter(rule -> rule.issuer().equals(after.issuer()) && !rule.forwards()))
                .findFirst()
                .map(rule -> Rule.TOKEN_TAKEN_OUT.at(
                        rule.source(),
                        ("the gateway takes the token out after it has verified it, and %s, which asks for it "
                                        + "too, answers 403")
                                .formatted(hop.server())));
    }
}
