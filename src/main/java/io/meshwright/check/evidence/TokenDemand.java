package io.meshwright.check.evidence;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** The tokens that AuthorizationPolicies ask for, and the pods that they ask them for. */
public final class TokenDemand {
    private static final List<String> KEYS =
            List.of("request.auth.principal", "request.auth.audiences", "request.auth.presenter");

    private TokenDemand() {}

    /** The parts of a rule that fit no request (or, in a DENY policy, every request) without tokens. */
    public static Stream<Source> of(AuthorizationPolicy policy, AuthorizationRule rule) {
        return policy.action() == Action.DENY
                ? AuthorizationValues.of(rule.source(), "from", "source", "notRequestPrincipals")
                        .map(AuthorizationValues.Value::source)
                : Stream.concat(
                                AuthorizationValues.of(rule.source(), "from", "source", "requestPrincipals"),
                                KEYS.stream().flatMap(key -> AuthorizationValues.when(rule.source(), key)))
                        .map(AuthorizationValues.Value::source);
    }

    /** The pods that a policy acts on whose proxies read tokens. */
    public static Stream<Pod> pods(Mesh mesh, Manifest policy) {
        return Attachment.pods(policy, mesh.pods(), mesh.config()).stream()
                .filter(pod -> pod.proxy().inMesh().isYes() && !pod.proxy().isZtunnel());
    }
}
