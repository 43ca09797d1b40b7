package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Settings of a DestinationRule that silently do nothing, or undo others. */
public final class PolicyComplete implements Check {
    private static final List<String> RESET = List.of("tls", "connectionPool", "outlierDetection", "loadBalancer");
    private static final Set<String> ORIGINATION = Set.of("SIMPLE", "MUTUAL");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> Policies.of(rule).stream())
                .flatMap(policy -> findings(policy).stream());
    }

    private static List<Finding> findings(Source policy) {
        List<Finding> findings = new ArrayList<>();
        JsonNode body = policy.manifest().at(policy.pointer());
        // A subset inherits from the whole rule what its settings for a port then undo.
        JsonNode whole = policy.pointer().startsWith("/spec/subsets/")
                ? policy.manifest().at("/spec/trafficPolicy")
                : body;
        for (int index = 0; index < body.path("portLevelSettings").size(); index++) {
            JsonNode port = body.path("portLevelSettings").path(index);
            List<String> lost = RESET.stream()
                    .filter(field -> (body.has(field) || whole.has(field)) && !port.has(field))
                    .toList();
            if (!lost.isEmpty()) {
                findings.add(Rule.PORT_SETTINGS_RESET
                        .at(
                                policy.item("portLevelSettings", index),
                                "the settings for port %s replace the whole policy, so there %s is back to the default"
                                        .formatted(port.at("/port/number").asText(""), String.join(", ", lost)))
                        .as(lost.equals(List.of("loadBalancer")) ? Severity.INFO : Severity.WARNING));
            }
        }
        boolean ofSubset = whole != body && !policy.pointer().contains("/portLevelSettings/");
        locality(policy, body, body.has("outlierDetection") || !ofSubset ? body : whole, findings);
        verification(policy, body.path("tls"), findings);
        return findings;
    }

    private static void locality(Source policy, JsonNode body, JsonNode detecting, List<Finding> findings) {
        JsonNode locality = body.at("/loadBalancer/localityLbSetting");
        boolean failsOver =
                locality.isObject() && locality.path("enabled").asBoolean(true) && !locality.has("distribute");
        if (failsOver && !detecting.path("outlierDetection").isObject()) {
            findings.add(Rule.LOCALITY_WITHOUT_DETECTION.at(
                    policy.at("/loadBalancer/localityLbSetting"),
                    "without outlierDetection Envoy never learns that a zone is unwell, so the locality"
                            + " setting does nothing"));
        }
    }

    private static void verification(Source policy, JsonNode tls, List<Finding> findings) {
        boolean originates = ORIGINATION.contains(tls.path("mode").asText(""));
        if (originates && tls.path("insecureSkipVerify").asBoolean(false)) {
            findings.add(Rule.SERVER_NOT_VERIFIED.at(
                    policy.at("/tls"), "the server's certificate is not verified, so anybody on the way can answer"));
        } else if (originates && !tls.has("caCertificates") && !tls.has("credentialName")) {
            findings.add(Rule.SERVER_VERIFIED_BY_SYSTEM.at(
                    policy.at("/tls"),
                    "the server's certificate is verified by the authorities that the proxy's system trusts"));
        } else if (originates
                && tls.has("credentialName")
                && !policy.manifest().at("/spec").has("workloadSelector")) {
            // Without the selector istiod sends a sidecar no Secret (pilot/pkg/networking/core/cluster_tls.go).
            findings.add(Rule.CREDENTIAL_FOR_GATEWAYS_ONLY.at(
                    policy.at("/tls/credentialName"),
                    "only gateways read the Secret \"%s\"; a sidecar that heeds the rule sends plain text"
                            .formatted(tls.path("credentialName").asText())));
        }
    }
}
