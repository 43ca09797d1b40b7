package io.meshwright.incident.mending;

import io.meshwright.incident.Incident;
import io.meshwright.incident.cause.BlackHole;
import io.meshwright.incident.cause.Destination;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes that may mend an incident, and the reasons for which there is none. */
final class Proposals {
    private final Mesh mesh;
    private final Incident incident;
    private final Optional<Destination> destination;
    private final List<Mending> mendings = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    private Proposals(Mesh mesh, Incident incident) {
        this.mesh = mesh;
        this.incident = incident;
        this.destination = Destination.of(mesh, incident.evidence());
    }

    static Proposals of(Mesh mesh, Incident incident) {
        Proposals all = new Proposals(mesh, incident);
        if (BlackHole.isMeant(incident.evidence())) {
            all.not(
                    "a host outside is declared by a new object, a ServiceEntry; meshwright plan compares a folder with it");
        } else if (!incident.evidence().kind().isTable()) {
            all.byDetails();
            all.evidence().flags().forEach(all::byFlag);
        }
        return all;
    }

    Mesh mesh() {
        return mesh;
    }

    Incident incident() {
        return incident;
    }

    Evidence evidence() {
        return incident.evidence();
    }

    Optional<Destination> destination() {
        return destination;
    }

    /** The ways in which it may have come, without those on which a server asks itself, where there are others. */
    List<Incident.Way> likely() {
        List<Incident.Way> others = incident.ways().stream()
                .filter(way -> destination.stream()
                        .flatMap(found -> found.pods().stream())
                        .noneMatch(pod -> pod.toString().equals(way.request().from())))
                .toList();
        return others.isEmpty() ? incident.ways() : others;
    }

    Optional<HttpRoute> route() {
        return incident.route(mesh);
    }

    List<Mending> mendings() {
        return mendings;
    }

    List<String> reasons() {
        return reasons.stream().distinct().toList();
    }

    void add(Mending mending) {
        if (mending.changes()) {
            mendings.add(mending);
        }
    }

    void not(String reason) {
        reasons.add(reason);
    }

    private void byDetails() {
        String details = evidence().text(Field.RESPONSE_CODE_DETAILS);
        if (evidence().denial().isPresent()) {
            PolicyMendings.propose(this, evidence().denial().get());
        } else if (details.startsWith("jwt_authn_access_denied")) {
            not("a token that is refused is mended by who issues it, or by a rule for its issuer, which is not told");
        } else if (details.equals("direct_response")) {
            not("to which service the request should go instead of the route's own answer is not told");
        }
    }

    private void byFlag(String flag) {
        switch (flag) {
            case "NR" -> HostMendings.propose(this);
            case "NC" -> SubsetMendings.propose(this);
            case "UH" -> unhealthy();
            case "UT" -> RouteMendings.timeout(this);
            case "FI", "DI" -> RouteMendings.fault(this);
            case "UO" -> RuleMendings.pool(this);
            case "UF" -> ConnectionMendings.failed(this);
            case "UC" -> ConnectionMendings.terminated(this);
            case "UPE" -> ConnectionMendings.protocol(this);
            case "DPE" -> not("what the client sends is changed at the client");
            case "DC", "DR" -> not("how long the client waits is changed at the client");
            default -> {}
        }
    }

    private void unhealthy() {
        if (destination.isEmpty()) {
            not("which Service was asked is not told");
            return;
        }
        if (destination.get().pods().isEmpty()) {
            SubsetMendings.propose(this);
        } else {
            RuleMendings.idle(this, destination.get());
        }
    }
}
