package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.waypoint.Waypoints;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A label that sends calls through a waypoint names one that exists; often its Gateway is made by istioctl. */
@AutoService(Inspection.class)
public final class WaypointKnown implements Check {
    public static final Rule WAYPOINT_UNKNOWN = Rule.warning("MESH358", "waypoint_unknown")
            .title("A label names a waypoint that does not exist")
            .consequence("No waypoint reads the calls: routes and policies for it act on nothing.")
            .remedy("Write the Gateway of class istio-waypoint, and its namespace in istio.io/use-waypoint-namespace.");

    @Override
    public List<Rule> rules() {
        return List.of(WAYPOINT_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, List<Manifest>> gateways =
                mesh.manifests().kind(Kind.API_GATEWAY).stream().collect(Collectors.groupingBy(Manifest::home));
        return mesh.waypoints().missing(mesh.services().all(), mesh.pods().all()).stream()
                .map(missing -> Completeness.weighed(
                        WAYPOINT_UNKNOWN.at(
                                missing.label(),
                                "there is no Gateway \"%s\" in namespace \"%s\""
                                        .formatted(missing.name(), missing.namespace())),
                        gateways.getOrDefault(missing.namespace(), List.of()).stream()
                                .anyMatch(gateway -> gateway.text("/spec/gatewayClassName")
                                        .filter(Waypoints.CLASS::equals)
                                        .isPresent())));
    }
}
