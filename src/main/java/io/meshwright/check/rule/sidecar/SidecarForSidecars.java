package io.meshwright.check.rule.sidecar;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Selector;
import java.util.List;
import java.util.stream.Stream;

/** A Sidecar is for pods that have one, and not for those in ambient mode. */
@AutoService(Inspection.class)
public final class SidecarForSidecars implements Check {
    public static final Rule SIDECAR_FOR_AMBIENT = Rule.warning("MESH199", "sidecar_for_ambient")
            .title("A Sidecar is for pods that have none")
            .twins("IST0167")
            .consequence("It acts on nothing: in ambient mode ztunnel carries the traffic.")
            .remedy("Remove it, or inject the pods.");

    @Override
    public List<Rule> rules() {
        return List.of(SIDECAR_FOR_AMBIENT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.SIDECAR).stream()
                .filter(sidecar -> isAmbient(mesh, sidecar))
                .map(sidecar -> SIDECAR_FOR_AMBIENT.at(
                        sidecar,
                        "all pods that it is for are in ambient mode and have no sidecar, so it acts on nothing"));
    }

    private static boolean isAmbient(Mesh mesh, Manifest sidecar) {
        Selector selector = Selector.labels(sidecar.at("/spec/workloadSelector/labels"));
        List<Pod> pods = mesh.pods().selectedBy(sidecar.home(), selector);
        return !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().type() == Proxy.Type.ZTUNNEL);
    }
}
