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
import java.util.stream.Stream;

/** Requests move to another zone only where outlier detection tells that one is unwell. */
@AutoService(Inspection.class)
public final class LocalityDetects implements Check {
    public static final Rule LOCALITY_WITHOUT_DETECTION = Rule.warning("MESH178", "locality_without_detection")
            .title("Locality failover is set without outlier detection")
            .consequence("Traffic never fails over to another zone.")
            .remedy("Add outlierDetection to the same policy.");

    @Override
    public List<Rule> rules() {
        return List.of(LOCALITY_WITHOUT_DETECTION);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> TrafficPolicies.of(rule).stream())
                .flatMap(policy -> finding(policy).stream());
    }

    private static Optional<Finding> finding(Source policy) {
        JsonNode body = policy.value();
        JsonNode locality = body.at("/loadBalancer/localityLbSetting");
        boolean failsOver =
                locality.isObject() && locality.path("enabled").asBoolean(true) && !locality.has("distribute");
        return failsOver && !detecting(policy, body).path("outlierDetection").isObject()
                ? Optional.of(LOCALITY_WITHOUT_DETECTION.at(
                        policy.at("/loadBalancer/localityLbSetting"),
                        "without outlierDetection Envoy never learns that a zone is unwell, so the locality"
                                + " setting does nothing"))
                : Optional.empty();
    }

    /** A subset inherits outlier detection from the whole rule, the settings for a port do not. */
    private static JsonNode detecting(Source policy, JsonNode body) {
        boolean inherits = policy.pointer().startsWith("/spec/subsets/")
                && !policy.pointer().contains("/portLevelSettings/")
                && !body.has("outlierDetection");
        return inherits ? policy.manifest().at("/spec/trafficPolicy") : body;
    }
}
