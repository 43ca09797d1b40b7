package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.ScaleTarget;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** An autoscaler's workload is there: without one it never acts, and says so in its status alone. */
@AutoService(Inspection.class)
public final class AutoscalerFindsWorkload implements Check {
    public static final Rule AUTOSCALER_OF_NOTHING = Rule.warning("MESH394", "autoscaler_of_nothing")
            .title("An autoscaler names a workload that is not there")
            .consequence("The number of pods never changes, however many requests there are.")
            .remedy("Name the workload as it is called, with its kind; it must be in the autoscaler's namespace.");

    @Override
    public List<Rule> rules() {
        return List.of(AUTOSCALER_OF_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return ScaleTarget.counted(mesh.manifests())
                .flatMap(target -> target.missing(AUTOSCALER_OF_NOTHING, mesh, completeness).stream());
    }
}
