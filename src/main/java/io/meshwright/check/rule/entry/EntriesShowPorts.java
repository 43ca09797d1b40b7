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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A ServiceEntry of a namespace is all that sidecars there know of its host. */
@AutoService(Inspection.class)
public final class EntriesShowPorts implements Check {
    public static final Rule ENTRY_HIDES_PORT = Rule.warning("MESH399", "entry_hides_port")
            .title("A ServiceEntry hides a port that an entry of another namespace has")
            .consequence("Sidecars of its namespace know the host by this entry alone: on the other port it is to them"
                    + " as if nobody had declared it.")
            .remedy("Declare the port here too, or keep one entry for all.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_HIDES_PORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, List<Service>> byHost = new TreeMap<>();
        if (mesh.version().knowsHostsByNamespace()) {
            mesh.services().all().stream()
                    .filter(service -> service.isWritten() && !service.isKubernetes())
                    .forEach(service -> byHost.computeIfAbsent(service.host(), none -> new ArrayList<>())
                            .add(service));
        }
        return byHost.values().stream()
                .flatMap(services -> services.stream().flatMap(own -> hidden(mesh, own, services)));
    }

    private static Stream<Finding> hidden(Mesh mesh, Service own, List<Service> same) {
        boolean called = mesh.pods().all().stream()
                .anyMatch(pod ->
                        pod.namespace().equals(own.namespace()) && pod.proxy().isSidecar());
        return !called
                ? Stream.empty()
                : same.stream()
                        .filter(other -> !other.namespace().equals(own.namespace())
                                && other.export().reaches(own.namespace())
                                && Rivals.differ(
                                        other.source().manifest(), own.source().manifest()))
                        .flatMap(other -> other.ports().stream()
                                .filter(port -> isLost(port, own, same))
                                .limit(1)
                                .map(port -> ENTRY_HIDES_PORT.at(
                                        own.source(),
                                        "%s has port %d of %s too, and sidecars of namespace \"%s\" do not know it"
                                                .formatted(
                                                        other.source().manifest(),
                                                        port.number(),
                                                        own,
                                                        own.namespace()))))
                        .limit(1);
    }

    private static boolean isLost(ServicePort port, Service own, List<Service> same) {
        return same.stream()
                .filter(mine -> mine.namespace().equals(own.namespace()))
                .noneMatch(mine -> mine.port(port.number()).isPresent());
    }
}
