package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.mesh.workload.SharedHosts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** ServiceEntries of one host and namespace are one to sidecars only where they are alike. */
@AutoService(Inspection.class)
public final class EntriesAddUp implements Check {
    public static final Rule ENTRY_LEFT_OUT = Rule.warning("MESH430", "entry_left_out")
            .title("A ServiceEntry is left out for another of its host and namespace")
            .consequence("Sidecars add up the ports of entries of one host and namespace only if resolution, labels,"
                    + " workloadSelector and exportTo are the same: else they know the first alone, which is one that is"
                    + " exported by name, or the oldest. On the other's port it is as if nobody had declared it.")
            .remedy("Declare all ports in one entry, or write these fields alike.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_LEFT_OUT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (!mesh.version().knowsHostsByNamespace()) {
            return Stream.empty();
        }
        return mesh.services().all().stream()
                .filter(service ->
                        service.isWritten() && service.type() == Service.Type.ENTRY && isCalled(mesh, service))
                .flatMap(service -> leftOut(mesh, service).stream());
    }

    private static boolean isCalled(Mesh mesh, Service entry) {
        return mesh.services().of(entry.host()).size() > 1
                && mesh.pods().all().stream()
                        .anyMatch(
                                pod -> pod.proxy().isSidecar() && entry.export().reaches(pod.namespace()));
    }

    private static Optional<Finding> leftOut(Mesh mesh, Service entry) {
        return mesh.services().of(entry.host()).stream()
                .filter(other -> other.isWritten()
                        && entry.export().meets(other.export())
                        && Rivals.differ(
                                other.source().manifest(), entry.source().manifest()))
                .flatMap(other -> lost(mesh, entry, other).map(port -> said(entry, other, port)).stream())
                .findFirst();
    }

    /** A port of the entry that the other lacks, where the other goes first or may. */
    private static Optional<ServicePort> lost(Mesh mesh, Service entry, Service other) {
        boolean first = SharedHosts.hides(other, entry) || SharedHosts.mayHide(other, entry);
        return entry.ports().stream()
                .filter(port -> first
                        && mesh.services().of(entry.host()).stream()
                                .filter(same -> same.namespace().equals(entry.namespace()) && same != entry)
                                .noneMatch(same -> same.port(port.number()).isPresent()))
                .findFirst();
    }

    private static Finding said(Service entry, Service other, ServicePort port) {
        return ENTRY_LEFT_OUT.at(
                port.source(),
                (SharedHosts.hides(other, entry)
                                ? "%s goes first, and sidecars know no port %d of %s, since the two differ in %s"
                                : "if %s is the older, sidecars know no port %d of %s, since the two differ in %s")
                        .formatted(
                                other.source().manifest(), port.number(), entry, SharedHosts.difference(entry, other)));
    }
}
