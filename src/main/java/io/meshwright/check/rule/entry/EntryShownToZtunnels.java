package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A ServiceEntry is known to every ztunnel, whatever exportTo says (serviceregistry/ambient; istio issue 55163). */
@AutoService(Inspection.class)
public final class EntryShownToZtunnels implements Check {
    public static final Rule ZTUNNEL_IGNORES_EXPORT = Rule.warning("MESH423", "ztunnel_ignores_export")
            .title("exportTo does not hide a ServiceEntry from pods in ambient mode")
            .consequence(
                    "Their calls to the host take its waypoint, addresses and endpoints too, from every namespace.")
            .remedy("Let an AuthorizationPolicy of the waypoint, or of the pods behind the entry, say who may call.");

    @Override
    public List<Rule> rules() {
        return List.of(ZTUNNEL_IGNORES_EXPORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Pod> ambient = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isZtunnel())
                .toList();
        return ambient.isEmpty()
                ? Stream.empty()
                : mesh.services().all().stream()
                        .filter(service -> service.type() == Service.Type.ENTRY && leadsElsewhere(mesh, service))
                        .flatMap(service -> finding(ambient, service).stream())
                        .distinct();
    }

    /** Without any of these DNS finds the same host for those who do not know the entry. */
    private static boolean leadsElsewhere(Mesh mesh, Service service) {
        return mesh.waypoints().mayServe(service)
                || service.selector().isPresent()
                || !service.reach().addresses().isEmpty()
                || !service.reach().endpoints().isEmpty();
    }

    private static Optional<Finding> finding(List<Pod> ambient, Service service) {
        return ambient.stream()
                .filter(pod ->
                        !service.export().isDefault() && !service.export().reaches(pod.namespace()))
                .findFirst()
                .map(pod -> ZTUNNEL_IGNORES_EXPORT.at(
                        Source.of(service.source().manifest()).at("/spec/exportTo"),
                        "%s is in ambient mode, where every namespace knows %s".formatted(pod, service)));
    }
}
