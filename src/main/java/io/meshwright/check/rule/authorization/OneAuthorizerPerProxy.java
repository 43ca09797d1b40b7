package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The policies of action CUSTOM that act on one proxy name one provider. */
@AutoService(Inspection.class)
public final class OneAuthorizerPerProxy implements Check {
    public static final Rule TWO_AUTHORIZERS = Rule.error("MESH410", "two_authorizers")
            .title("Policies name several external authorizers for one proxy")
            .consequence("The proxy asks none of them, and answers 403 to whatever any of the policies fits.")
            .remedy(
                    "Name one provider in all of them, or give each its own pods; from 1.30 on istiod takes several with"
                            + " PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: \"true\".");

    @Override
    public List<Rule> rules() {
        return List.of(TWO_AUTHORIZERS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        mesh.pods().all().stream()
                .filter(pod -> !pod.proxy().inMesh().isNo())
                .forEach(pod -> rivals(mesh, pod, findings));
        return findings.values().stream();
    }

    private static void rivals(Mesh mesh, Pod pod, Map<Source, Finding> findings) {
        List<AuthorizationPolicy> contested = mesh.authorizationPolicies().contested(pod, mesh.version(pod));
        contested.stream()
                .skip(1)
                .filter(policy -> !policy.provider().equals(contested.get(0).provider()))
                .forEach(policy -> {
                    Source place = Source.of(policy.manifest()).at("/spec/provider/name");
                    findings.putIfAbsent(
                            place,
                            TWO_AUTHORIZERS.at(
                                    place,
                                    "%s is to ask \"%s\", and %s has it ask \"%s\""
                                            .formatted(
                                                    pod,
                                                    policy.provider(),
                                                    contested.get(0).manifest(),
                                                    contested.get(0).provider())));
                });
    }
}
