package io.meshwright.check.rule.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.stream.Stream;

/**
 * The mesh's locality setting keeps requests in a zone and moves them to the next one for services with outlier
 * detection alone; fixed shares need none (istio pilot/pkg/networking/core/loadbalancer, ApplyLocalityLoadBalancer).
 */
@AutoService(Inspection.class)
public final class LocalityOfMeshHeeded implements Check {
    public static final Rule MESH_LOCALITY_WITHOUT_DETECTION = Rule.warning(
                    "MESH316", "mesh_locality_without_detection")
            .title("The mesh fails over between zones without outlier detection")
            .consequence("Requests go to the pods of all zones alike, and to no other zone when the pods of one fail.")
            .remedy("Add outlierDetection to the DestinationRules, use distribute, or remove the setting.");

    private static final String SETTING = "localityLbSetting";
    // From 1.24 on a service may ask for its own zone itself, which needs no outlier detection.
    private static final String DISTRIBUTION = IstioAnnotations.TRAFFIC_DISTRIBUTION;

    @Override
    public List<Rule> rules() {
        return List.of(MESH_LOCALITY_WITHOUT_DETECTION);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        JsonNode locality = mesh.config().body().path(SETTING);
        boolean failsOver =
                locality.isObject() && locality.path("enabled").asBoolean(true) && !locality.has("distribute");
        boolean names = !locality.path("failover").isEmpty()
                || !locality.path("failoverPriority").isEmpty();
        // Istio's own default is enabled: who writes no more than the block has said nothing.
        if (!failsOver || !names && !locality.has("enabled") || isNoticed(mesh)) {
            return Stream.empty();
        }
        return mesh.config().source().stream()
                .map(source -> MESH_LOCALITY_WITHOUT_DETECTION
                        .at(
                                place(source),
                                ("the mesh %s, but no DestinationRule here has outlierDetection, without which "
                                                + "istiod leaves zones out")
                                        .formatted(
                                                names
                                                        ? "says where requests go when a zone fails"
                                                        : "switches locality load balancing on"))
                        .as(names && isWhole(mesh) ? Severity.WARNING : Severity.INFO));
    }

    private static Source place(Source config) {
        JsonNode mesh = config.value();
        return mesh.isObject() ? config.at("/".concat(SETTING)) : config;
    }

    private static boolean isNoticed(Mesh mesh) {
        boolean detected = mesh.destinationRules().written().stream()
                .flatMap(rule -> TrafficPolicies.of(rule).stream())
                .anyMatch(policy -> policy.manifest()
                        .at(policy.pointer())
                        .path("outlierDetection")
                        .isObject());
        return detected
                || Stream.of(Kind.SERVICE, Kind.NAMESPACE, Kind.SERVICE_ENTRY)
                        .flatMap(kind -> mesh.manifests().kind(kind).stream())
                        .anyMatch(LocalityOfMeshHeeded::distributes);
    }

    private static boolean distributes(Manifest manifest) {
        return manifest.annotations().containsKey(DISTRIBUTION)
                || manifest.at("/spec/trafficDistribution").isTextual();
    }

    /** True if the services of the mesh are among the manifests, and the rules for them would be too. */
    private static boolean isWhole(Mesh mesh) {
        return !mesh.installation().isOneOfSeveral()
                && List.of(Kind.SERVICE, Kind.DEPLOYMENT).stream()
                        .noneMatch(kind -> mesh.manifests().kind(kind).isEmpty());
    }
}
