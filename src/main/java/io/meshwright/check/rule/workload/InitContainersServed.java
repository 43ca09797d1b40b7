package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.SidecarTemplate;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.NativeSidecar;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An init container has no proxy yet, unless the sidecar is one itself that goes on running. */
@AutoService(Inspection.class)
public final class InitContainersServed implements Check {
    public static final Rule INIT_CONTAINER_BEFORE_PROXY = Rule.error("MESH341", "init_container_before_proxy")
            .title("An init container calls a service before its proxy runs")
            .consequence("The call fails, and the pod stays in Init.")
            .remedy("Let the sidecar start first (sidecar.istio.io/nativeSidecar from 1.24 on, ENABLE_NATIVE_SIDECARS"
                    + " before, Kubernetes 1.29), let the application make the call, or make the port PERMISSIVE by"
                    + " portLevelMtls with a reason; under istio-cni run it as user 1337 besides.");

    private static final String PROXY_USER = "1337";

    @Override
    public List<Rule> rules() {
        return List.of(INIT_CONTAINER_BEFORE_PROXY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar()
                        && NativeSidecar.of(pod, mesh.version(pod), mesh.config())
                                .isNo())
                .flatMap(pod -> calls(mesh, pod).stream())
                .flatMap(call -> refused(mesh, call).or(() -> caught(mesh, call)).stream());
    }

    /** The first place in each container that names a host and port. */
    private static Collection<WrittenCall> calls(Mesh mesh, Pod pod) {
        Map<List<Object>, WrittenCall> first = new LinkedHashMap<>();
        WrittenCall.ofInitContainers(mesh, pod)
                .forEach(call -> first.putIfAbsent(List.of(container(call), call.host(), call.port()), call));
        return first.values();
    }

    private static String container(WrittenCall call) {
        return call.source().pointer().replaceFirst("(/initContainers/\\d+)/.*$", "$1");
    }

    private static Optional<Finding> refused(Mesh mesh, WrittenCall call) {
        return CalledPort.of(mesh, call)
                .filter(called -> called.decision().mode() == Mode.STRICT)
                .findFirst()
                .map(called -> INIT_CONTAINER_BEFORE_PROXY.at(
                        call.source(),
                        ("an init container of %s has no proxy yet and calls %s on port %d in plaintext, which %s"
                                        + " cuts off")
                                .formatted(call.caller(), called.service(), call.port(), called.decider())));
    }

    private static Optional<Finding> caught(Mesh mesh, WrittenCall call) {
        List<SidecarTemplate> templates = mesh.installation().sidecarTemplates();
        boolean captured = !templates.isEmpty()
                && templates.stream().allMatch(template -> template.capturesInitContainers(call.caller()));
        return !captured || passesBy(call)
                ? Optional.empty()
                : CalledPort.service(mesh, call)
                        .filter(service -> service.port(call.port()).isPresent())
                        .findFirst()
                        .map(service -> INIT_CONTAINER_BEFORE_PROXY.at(
                                call.source(),
                                ("istio-cni leads the call of an init container of %s to %s on port %d to the proxy,"
                                                + " which does not run yet")
                                        .formatted(call.caller(), service, call.port())));
    }

    /** Tells whether the rules of the redirection leave the call out (istio.io, Install the Istio CNI node agent). */
    private static boolean passesBy(WrittenCall call) {
        Pod pod = call.caller();
        String user = call.source()
                .manifest()
                .at(container(call))
                .at("/securityContext")
                .path("runAsUser")
                .asText(pod.spec().at("/securityContext/runAsUser").asText(""));
        return user.equals(PROXY_USER)
                || !Capture.outbound(pod, call.port())
                || pod.annotations().containsKey(IstioAnnotations.EXCLUDE_OUTBOUND_RANGES)
                || pod.annotations().containsKey(IstioAnnotations.INCLUDE_OUTBOUND_RANGES);
    }
}
