package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sidecars use one VirtualService for a host and drop the others. */
@AutoService(Inspection.class)
public final class OneRoutePerHost implements Check {
    public static final Rule HOST_CLAIMED_TWICE = Rule.error("MESH129", "host_claimed_twice")
            .title("Two VirtualServices claim one host for sidecars")
            .twins("IST0109", "KIA1106")
            .consequence("Sidecars use the older one and drop the other.")
            .remedy("Join the two, delegate from one, or keep their exportTo apart.");

    private record Claim(VirtualService service, Source source) {
        boolean isPublic() {
            return service.export().isPublic();
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(HOST_CLAIMED_TWICE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (isReadByWaypointsAlone(mesh)) {
            return Stream.empty();
        }
        Map<String, List<Claim>> claims = new TreeMap<>();
        for (VirtualService service : mesh.virtualServices().all()) {
            for (int index = 0; service.isOnMesh() && index < service.hosts().size(); index++) {
                claims.computeIfAbsent(service.hosts().get(index), none -> new ArrayList<>())
                        .add(new Claim(service, Source.of(service.manifest()).item("spec/hosts", index)));
            }
        }
        Stream<Finding> twice = claims.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .flatMap(claim -> rival(mesh, claim, entry.getValue()).stream()
                                .map(rival -> Rivals.weighed(
                                        mesh,
                                        rival.service().manifest(),
                                        HOST_CLAIMED_TWICE.at(
                                                claim.source(),
                                                ("%s claims \"%s\" for sidecars too; they use the older of the "
                                                                + "two and drop the other")
                                                        .formatted(rival.service(), entry.getKey()))))));
        Stream<Finding> nested = claims.keySet().stream()
                .flatMap(host -> HostName.wildcardsOver(host)
                        .filter(wildcard -> !wildcard.equals(host) && claims.containsKey(wildcard))
                        .flatMap(wildcard ->
                                Stream.concat(nested(host, wildcard, claims), nested(wildcard, host, claims))));
        return Stream.concat(twice, nested);
    }

    /**
     * True if no pod has a sidecar, or may have one, and waypoints heed all VirtualServices of a service
     * (sidecarServicesToVirtualServices of the release, virtualservice.go).
     */
    private static boolean isReadByWaypointsAlone(Mesh mesh) {
        List<Pod> pods = mesh.pods().all();
        return mesh.version().mergesRoutesAtWaypoints()
                && pods.stream().anyMatch(pod -> pod.proxy().isZtunnel())
                && pods.stream()
                        .noneMatch(pod -> pod.proxy().isSidecar() || pod.proxy().inMesh() == Truth.UNKNOWN);
    }

    /** Claims of one namespace on a host for which the whole mesh is told something else by another name. */
    private static Stream<Finding> nested(String host, String other, Map<String, List<Claim>> claims) {
        return claims.getOrDefault(host, List.of()).stream()
                .filter(claim -> claims.getOrDefault(other, List.of()).stream()
                        .anyMatch(rival -> rival.isPublic() != claim.isPublic()
                                && rival.service()
                                        .export()
                                        .meets(claim.service().export())))
                .map(claim -> HOST_CLAIMED_TWICE
                        .at(
                                claim.source(),
                                ("another VirtualService claims \"%s\" for sidecars; only the routes of the "
                                                + "longer name count")
                                        .formatted(other))
                        .as(Severity.INFO));
    }

    private static Optional<Claim> rival(Mesh mesh, Claim claim, List<Claim> all) {
        return all.stream()
                .filter(other -> Rivals.differ(
                                other.service().manifest(), claim.service().manifest())
                        && other.service().export().meets(claim.service().export())
                        && mesh.virtualServices().compete(claim.service(), other.service()))
                .findFirst();
    }
}
