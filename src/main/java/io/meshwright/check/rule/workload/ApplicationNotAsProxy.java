package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.PodContainer;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.NativeSidecar;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** An application runs as another user than the sidecar, whose traffic is not captured. */
@AutoService(Inspection.class)
public final class ApplicationNotAsProxy implements Check {
    public static final Rule APPLICATION_AS_PROXY = Rule.error("MESH267", "application_as_proxy")
            .title("A container runs as the sidecar's user")
            .twins("IST0144")
            .consequence("Its traffic passes by the proxy: no mutual TLS, no routes, no policies.")
            .remedy("Run it as another user than 1337.");

    private static final int PROXY_UID = 1337;

    @Override
    public List<Rule> rules() {
        return List.of(APPLICATION_AS_PROXY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> !pod.proxy().isGateway() && !pod.proxy().inMesh().isNo())
                .flatMap(pod -> contexts(mesh, pod)
                        .filter(context -> context.manifest()
                                        .at(context.pointer())
                                        .path("runAsUser")
                                        .asInt(0)
                                == PROXY_UID))
                .map(context -> APPLICATION_AS_PROXY.at(
                        context.at("/runAsUser"),
                        "user 1337 is the sidecar's, so what the application sends passes by the proxy and all of"
                                + " its settings"));
    }

    private static Stream<Source> contexts(Mesh mesh, Pod pod) {
        // Before the proxy runs, istio-cni lets nobody else out (istio.io, Install the Istio CNI node agent).
        boolean first = !NativeSidecar.of(pod, mesh.version(pod), mesh.config()).isYes();
        List<PodContainer> applications = PodContainer.of(pod).stream()
                .filter(container -> !container.isIstios() && !(first && container.startsBefore()))
                .toList();
        // The pods of a gateway hold the proxy alone, which may well run as itself.
        return applications.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(pod.source().at("/spec/securityContext")),
                        applications.stream()
                                .map(container -> container.source().at("/securityContext")));
    }
}
