package io.meshwright.check.rule.sidecar;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A Sidecar of the root namespace is a default for the mesh, and so selects no pods. */
@AutoService(Inspection.class)
public final class SidecarOfRootForAll implements Check {
    public static final Rule SIDECAR_SELECTS_IN_ROOT = Rule.warning("MESH241", "sidecar_selects_in_root")
            .title("A Sidecar of the root namespace selects workloads")
            .twins("KIA1006")
            .consequence("It is no default for the mesh.")
            .remedy("Remove the selector, or move it to the namespace of its pods.");

    @Override
    public List<Rule> rules() {
        return List.of(SIDECAR_SELECTS_IN_ROOT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.SIDECAR).stream()
                .filter(sidecar -> sidecar.home().equals(mesh.config().rootNamespace())
                        && sidecar.at("/spec/workloadSelector").isObject())
                .map(sidecar -> SIDECAR_SELECTS_IN_ROOT.at(
                        Source.of(sidecar).at("/spec/workloadSelector"),
                        "a Sidecar of the root namespace with a selector is no default for the mesh; it acts on"
                                + " pods of that namespace only"));
    }
}
