package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.check.evidence.AuthorizationValues.Value;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.policy.JwtRule;
import io.meshwright.mesh.workload.Pod;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * From 1.21 on a value is cut at its last slash into an issuer and a subject, which are compared apart
 * (requestPrincipalGenerator): a subject that holds a slash makes the issuer longer than any that is trusted.
 */
@AutoService(Inspection.class)
public final class IssuersTrusted implements Check {
    public static final Rule ISSUER_NOT_TRUSTED = Rule.warning("MESH427", "issuer_not_trusted")
            .title("A policy asks for tokens of an issuer whose tokens are verified nowhere on its pods")
            .restingOn(Kind.REQUEST_AUTHENTICATION)
            .consequence(
                    "The value fits no request: an ALLOW rule admits nobody by it, notRequestPrincipals fit everybody.")
            .remedy(
                    "Write issuer/subject with an issuer of a RequestAuthentication; a subject with slashes is asked for by"
                            + " request.auth.claims[sub].");

    private static final String ANY = "*";

    @Override
    public List<Rule> rules() {
        return List.of(ISSUER_NOT_TRUSTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (!mesh.version().verifiesTokensByEnvoy()) {
            return Stream.empty();
        }
        Map<AuthorizationPolicy, Set<String>> trusted = new IdentityHashMap<>();
        for (Pod pod : mesh.pods().all()) {
            List<AuthorizationPolicy> policies = mesh.authorizationPolicies().of(pod);
            if (!policies.isEmpty()) {
                List<String> issuers = mesh.requestAuthentications().rules(pod).stream()
                        .map(JwtRule::issuer)
                        .toList();
                policies.forEach(policy -> trusted.computeIfAbsent(policy, none -> new TreeSet<>())
                        // A pod on which none acts, or one that tells issuers by their keys, leaves it open.
                        .addAll(issuers.isEmpty() ? List.of("") : issuers));
            }
        }
        return mesh.authorizationPolicies().all().stream().flatMap(policy -> {
            Set<String> issuers = trusted.getOrDefault(policy, Set.of());
            return issuers.isEmpty() || issuers.contains("") ? Stream.empty() : findings(policy, issuers);
        });
    }

    private static Stream<Finding> findings(AuthorizationPolicy policy, Set<String> trusted) {
        return policy.rules().stream()
                .map(AuthorizationRule::source)
                .flatMap(rule -> Stream.concat(
                        AuthorizationValues.of(rule, "from", "source", "requestPrincipals", "notRequestPrincipals"),
                        AuthorizationValues.when(rule, "request.auth.principal")))
                .flatMap(value -> finding(value, trusted).stream());
    }

    private static Optional<Finding> finding(Value value, Set<String> trusted) {
        int slash = value.text().lastIndexOf('/');
        if (slash < 0 || value.text().startsWith(ANY)) {
            return Optional.empty();
        }
        String issuer = value.text().substring(0, slash);
        return trusted.contains(issuer)
                ? Optional.empty()
                : Optional.of(ISSUER_NOT_TRUSTED.at(
                        value.source(),
                        "Istio reads \"%s\" as the issuer, and tokens of %s alone are verified here"
                                .formatted(issuer, String.join(", ", trusted))));
    }
}
