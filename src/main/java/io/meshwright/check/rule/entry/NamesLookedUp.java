package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.waypoint.NameLookup;
import java.util.List;
import java.util.stream.Stream;

/** A waypoint looks names up for some protocols alone, and has no cluster for other ports of the same entry. */
@AutoService(Inspection.class)
public final class NamesLookedUp implements Check {
    public static final Rule NAMES_NOT_LOOKED_UP = Rule.warning("MESH421", "names_not_looked_up")
            .title("A waypoint looks up no names for a port of a ServiceEntry with resolution DYNAMIC_DNS")
            .consequence("Pods in ambient mode that call it are closed: the waypoint has no cluster for it (NC).")
            .remedy("For TLS of a domain set " + NameLookup.OF_TLS + ": \"true\" in istiod's environment; else list"
                    + " the hosts that are called in an entry of resolution DNS, or let no waypoint serve the entry"
                    + " (istio.io/use-waypoint: none).");

    @Override
    public List<Rule> rules() {
        return List.of(NAMES_NOT_LOOKED_UP);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.services().all().stream()
                .filter(service ->
                        NameLookup.isAsked(service) && service.reach().external())
                .flatMap(service -> mesh.waypoints().inFrontOf(service).stream()
                        .flatMap(waypoint -> service.ports().stream()
                                .filter(port -> !NameLookup.isMade(service, port, mesh.config()))
                                .map(port -> NAMES_NOT_LOOKED_UP.at(
                                        port.source(),
                                        "the waypoint %s looks up no names for port %d of %s"
                                                .formatted(waypoint, port.number(), service)))));
    }
}
