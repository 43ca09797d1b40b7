package io.meshwright.incident.cause;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;

/** Finds who refused a request, by the policy that the response code details name (istio, rbac policy names). */
final class PolicyDenial {
    private static final Pattern MATCHED = Pattern.compile(
            "rbac_access_denied(?:_matched_policy\\[(?:ns\\[([^\\]]*)]-policy\\[([^\\]]*)]-rule\\[(\\d+)]|none|[^\\]]*)])?.*");

    /** istiod denies everything that a CUSTOM policy is about whose provider it cannot use (authz/builder). */
    private static final String BAD_CUSTOM = "due-to-bad-CUSTOM-action";

    private PolicyDenial() {}

    static List<Cause> causes(Mesh mesh, Evidence evidence, String denial) {
        if (denial.contains(BAD_CUSTOM)) {
            return List.of(provider(mesh));
        }
        Matcher matched = MATCHED.matcher(denial);
        if (!matched.matches() || matched.group(2) == null) {
            return List.of(
                    Cause.of(
                            isPreflight(evidence)
                                    ? "no rule of the ALLOW policies admits the preflight: it carries no token and method OPTIONS"
                                    : "ALLOW policies act on the workload, and no rule of theirs admits the request",
                            isPreflight(evidence)
                                    ? "Admit OPTIONS when request.headers[access-control-request-method] is [\"*\"]."
                                    : "Admit the caller's identity, method and path in a rule, or call as somebody who is admitted."));
        }
        String namespace = matched.group(1);
        String name = matched.group(2);
        Optional<Manifest> policy = mesh.manifests().find(Kind.AUTHORIZATION_POLICY, namespace, name);
        String rule = matched.group(3);
        String called = "AuthorizationPolicy %s/%s".formatted(namespace, name);
        return List.of(policy.map(found -> denied(found, rule, called))
                .orElseGet(() -> Cause.of(
                        "rule %s of %s denies it, which is not among these manifests".formatted(rule, called),
                        "Look at it in the cluster, and bring it under version control or remove it.")));
    }

    private static Cause provider(Mesh mesh) {
        List<Source> policies = mesh.authorizationPolicies().all().stream()
                .filter(policy -> policy.action() == AuthorizationPolicy.Action.CUSTOM)
                .filter(policy -> mesh.config().provider(policy.provider()).isEmpty())
                .map(policy -> Source.of(policy.manifest()).at("/spec/provider"))
                .toList();
        return new Cause(
                "a policy of action CUSTOM names a provider that istiod cannot use, so that everything it is about is denied",
                policies,
                "Let provider.name be one of meshConfig.extensionProviders, whose service and port exist; policies on one workload may name one provider only.");
    }

    private static Cause denied(Manifest policy, String rule, String called) {
        Source source = Source.of(policy);
        Source place = policy.at("/spec/rules/%s".formatted(rule)).isMissingNode()
                ? source
                : source.at("/spec/rules/%s".formatted(rule));
        return Cause.of(
                        "rule %s of %s denies it".formatted(rule, called),
                        "Narrow the rule where the request is a good one; a DENY wins over every ALLOW.")
                .by(place);
    }

    private static boolean isPreflight(Evidence evidence) {
        return evidence.text(Field.METHOD).equals("OPTIONS");
    }
}
