package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.NativeSidecar;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** The pod of a Job ends when all of its containers have, and a sidecar that is one of them never does. */
@AutoService(Inspection.class)
public final class JobsEnd implements Check {
    public static final Rule JOB_NEVER_ENDS = Rule.warning("MESH342", "job_never_ends")
            .title("A Job waits for a sidecar that does not end")
            .consequence("The Job never completes, or is ended as failed by its deadline.")
            .remedy("Let the sidecar end with the application (sidecar.istio.io/nativeSidecar from 1.24 on,"
                    + " ENABLE_NATIVE_SIDECARS before, Kubernetes 1.29), ask it to (POST"
                    + " localhost:15020/quitquitquit), or leave the pod out of the mesh.");

    private static final List<Kind> KINDS = List.of(Kind.JOB, Kind.CRON_JOB);
    // Ways by which a program ends the proxy beside it.
    private static final List<String> FAREWELLS = List.of("quitquitquit", "pkill", "killall", "pilot-agent", "scuttle");

    @Override
    public List<Rule> rules() {
        return List.of(JOB_NEVER_ENDS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> KINDS.contains(pod.source().manifest().kind())
                        && pod.proxy().isSidecar()
                        && NativeSidecar.of(pod, mesh.version(pod), mesh.config())
                                .isNo()
                        && !saysFarewell(pod))
                .map(pod -> JOB_NEVER_ENDS.at(
                        pod.source().at("/spec"),
                        "the sidecar of %s runs on when the application has ended, so the Job never completes"
                                .formatted(pod)));
    }

    private static boolean saysFarewell(Pod pod) {
        return pod.spec().path("shareProcessNamespace").asBoolean(false)
                || Fields.items(pod.spec().path("containers")).stream()
                        .map(Object::toString)
                        .anyMatch(text -> FAREWELLS.stream().anyMatch(text::contains));
    }
}
