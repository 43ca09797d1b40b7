package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Service;
import java.util.stream.Stream;

/** A Service stands before pods: where those of its namespace are told, its selector must be on one. */
public final class ServiceSelectsPods implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        Given given = new Given(mesh);
        return mesh.services().all().stream()
                .filter(service -> service.isKubernetes() && service.isWritten() && given.pods(service.namespace()))
                .filter(service ->
                        selects(service) && mesh.services().pods(service).isEmpty())
                .map(service -> Rule.SERVICE_SELECTS_NO_POD.at(
                        service.source().at("/spec/selector"),
                        "no pod of namespace \"%s\" carries %s"
                                .formatted(
                                        service.namespace(),
                                        service.selector().orElseThrow().labels())));
    }

    private static boolean selects(Service service) {
        return service.selector().filter(selector -> !selector.isEmpty()).isPresent();
    }
}
