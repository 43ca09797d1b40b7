package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Service stands before pods, as does a ServiceEntry with a selector: where those of its namespace are told, one has
 * its labels.
 */
@AutoService(Inspection.class)
public final class ServiceSelectsPods implements Check {
    public static final Rule SERVICE_SELECTS_NO_POD = Rule.info("MESH287", "service_selects_no_pod")
            .title("A Service or ServiceEntry selects no pod, though pods of its namespace are known")
            .consequence(
                    "Callers get 503 with flag UH, unless an operator makes the pods, or machines register themselves.")
            .remedy("Write labels that the pod template, or the WorkloadEntry, carries.");

    @Override
    public List<Rule> rules() {
        return List.of(SERVICE_SELECTS_NO_POD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.services().all().stream()
                .filter(service -> service.isWritten() && completeness.pods(service.namespace()))
                .filter(service -> service.isKubernetes() || !registers(mesh, service.namespace()))
                .filter(service ->
                        selects(service) && mesh.services().pods(service).isEmpty())
                .map(service -> SERVICE_SELECTS_NO_POD.at(
                        service.source().at(service.isKubernetes() ? "/spec/selector" : "/spec/workloadSelector"),
                        "no pod of namespace \"%s\" carries %s"
                                .formatted(
                                        service.namespace(),
                                        service.selector().orElseThrow().labels())));
    }

    /** Machines of a group may make their own entries (istio.io, workload auto-registration). */
    private static boolean registers(Mesh mesh, String namespace) {
        return mesh.manifests().kind(Kind.WORKLOAD_GROUP).stream()
                .anyMatch(group -> group.home().equals(namespace));
    }

    private static boolean selects(Service service) {
        return service.selector().filter(selector -> !selector.isEmpty()).isPresent();
    }
}
