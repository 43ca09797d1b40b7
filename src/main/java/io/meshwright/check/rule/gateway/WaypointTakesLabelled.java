package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A waypoint takes calls to what its listener admits and istio.io/waypoint-for names, whatever is labelled. */
@AutoService(Inspection.class)
public final class WaypointTakesLabelled implements Check {
    public static final Rule WAYPOINT_REFUSES = Rule.warning("MESH455", "waypoint_refuses")
            .title("A waypoint takes no calls to the Services that are labelled for it")
            .consequence("The calls pass it by, with all its routes and policies.")
            .remedy("Let istio.io/waypoint-for of its Gateway say service or all, and its listener admit the namespace"
                    + " by allowedRoutes.");

    @Override
    public List<Rule> rules() {
        return List.of(WAYPOINT_REFUSES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Manifest> unused =
                mesh.waypoints().unused(mesh.services().all(), mesh.pods().all());
        Map<Source, Finding> findings = new LinkedHashMap<>();
        mesh.services().all().stream()
                .filter(service -> isCalledInAmbient(mesh, service))
                .forEach(service -> mesh.waypoints()
                        .refusing(service)
                        .filter(refusing -> !unused.contains(refusing.gateway()))
                        .ifPresent(refusing -> findings.computeIfAbsent(
                                refusing.label(), label -> finding(label, refusing.why(), service))));
        return findings.values().stream();
    }

    private static boolean isCalledInAmbient(Mesh mesh, Service service) {
        return mesh.services().pods(service).stream()
                .anyMatch(pod -> pod.proxy().isZtunnel());
    }

    private static Finding finding(Source label, String why, Service service) {
        return WAYPOINT_REFUSES.at(label, "%s, so calls to %s pass it by".formatted(why, service.host()));
    }
}
