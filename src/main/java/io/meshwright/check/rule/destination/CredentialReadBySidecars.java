package io.meshwright.check.rule.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Sidecars get the Secret of a rule only where the rule selects its callers. */
@AutoService(Inspection.class)
public final class CredentialReadBySidecars implements Check {
    public static final Rule CREDENTIAL_FOR_GATEWAYS_ONLY = Rule.info("MESH182", "credential_for_gateways_only")
            .title("Sidecars do not read the Secret that a DestinationRule names")
            .twins("IST0128", "IST0129")
            .consequence("Gateways originate TLS with it; a sidecar that heeds the rule sends plain text.")
            .remedy("Add a workloadSelector, or name files in caCertificates for sidecars.");

    private static final Set<String> ORIGINATION = Set.of("SIMPLE", "MUTUAL");

    @Override
    public List<Rule> rules() {
        return List.of(CREDENTIAL_FOR_GATEWAYS_ONLY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> TrafficPolicies.of(rule).stream())
                .flatMap(policy -> finding(policy).stream());
    }

    private static Optional<Finding> finding(Source policy) {
        JsonNode tls = policy.value().path("tls");
        boolean verifies = ORIGINATION.contains(tls.path("mode").asText(""))
                && !tls.path("insecureSkipVerify").asBoolean(false);
        // Without the selector istiod sends a sidecar no Secret (pilot/pkg/networking/core/cluster_tls.go).
        return verifies
                        && tls.has("credentialName")
                        && !policy.manifest().at("/spec").has("workloadSelector")
                ? Optional.of(CREDENTIAL_FOR_GATEWAYS_ONLY.at(
                        policy.at("/tls/credentialName"),
                        "only gateways read the Secret \"%s\"; a sidecar that heeds the rule sends plain text"
                                .formatted(tls.path("credentialName").asText())))
                : Optional.empty();
    }
}
