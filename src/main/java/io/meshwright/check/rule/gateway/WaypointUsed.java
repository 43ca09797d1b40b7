package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A waypoint stands on the way of calls only where a label says so. */
@AutoService(Inspection.class)
public final class WaypointUsed implements Check {
    public static final Rule WAYPOINT_UNUSED = Rule.warning("MESH331", "waypoint_unused")
            .title("Nothing uses a waypoint")
            .consequence(
                    "Calls pass it by, with all its routes and policies; who admits the waypoint alone admits nobody.")
            .remedy("Label the namespace, or the Services, istio.io/use-waypoint with its name, and let"
                    + " istio.io/waypoint-for of the Gateway say what is labelled.");

    @Override
    public List<Rule> rules() {
        return List.of(WAYPOINT_UNUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.waypoints().unused(mesh.services().all(), mesh.pods().all()).stream()
                .map(waypoint -> Completeness.weighed(
                        WAYPOINT_UNUSED.at(
                                waypoint,
                                ("no namespace, and no Service or pod that it is for, is labelled istio.io/use-waypoint: %s, so"
                                                + " no call passes it")
                                        .formatted(waypoint.name())),
                        completeness.services(waypoint.home())
                                && mesh.namespaces().manifest(waypoint.home()).isPresent()));
    }
}
