package io.meshwright.check.rule.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Settings for a port replace the whole policy, so they say again what else should hold there. */
@AutoService(Inspection.class)
public final class PortSettingsComplete implements Check {
    public static final Rule PORT_SETTINGS_RESET = Rule.warning("MESH179", "port_settings_reset")
            .title("Settings for a port undo those of the whole rule")
            .consequence("On that port TLS, limits or outlier detection are back to their defaults.")
            .remedy("Repeat them in the settings for the port.");

    private static final List<String> RESET = List.of("tls", "connectionPool", "outlierDetection", "loadBalancer");

    @Override
    public List<Rule> rules() {
        return List.of(PORT_SETTINGS_RESET);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> TrafficPolicies.of(rule).stream())
                .flatMap(policy -> findings(policy).stream());
    }

    private static List<Finding> findings(Source policy) {
        List<Finding> findings = new ArrayList<>();
        JsonNode body = policy.value();
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
                findings.add(PORT_SETTINGS_RESET
                        .at(
                                policy.item("portLevelSettings", index),
                                "the settings for port %s replace the whole policy, so there %s is back to the default"
                                        .formatted(port.at("/port/number").asText(""), String.join(", ", lost)))
                        .as(lost.equals(List.of("loadBalancer")) ? Severity.INFO : Severity.WARNING));
            }
        }
        return findings;
    }
}
