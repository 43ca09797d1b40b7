package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A VerticalPodAutoscaler looks at the pods of the workload that it names, and without one at nothing. */
@AutoService(Inspection.class)
public final class VerticalAutoscalerFindsWorkload implements Check {
    public static final Rule VERTICAL_AUTOSCALER_OF_NOBODY = Rule.warning("MESH387", "vertical_autoscaler_of_nobody")
            .title("A VerticalPodAutoscaler names a workload that is not there")
            .consequence("It recommends nothing and changes no pod.")
            .remedy("Write kind, group and name of the workload as they are; it must be of the same namespace.");

    @Override
    public List<Rule> rules() {
        return List.of(VERTICAL_AUTOSCALER_OF_NOBODY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return VerticalTarget.all(mesh)
                .flatMap(vertical ->
                        vertical.target().missing(VERTICAL_AUTOSCALER_OF_NOBODY, mesh, completeness).stream());
    }
}
