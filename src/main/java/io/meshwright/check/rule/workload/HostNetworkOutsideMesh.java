package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A pod on the host's network is never injected, whatever its labels and those of its namespace ask. */
@AutoService(Inspection.class)
public final class HostNetworkOutsideMesh implements Check {
    public static final Rule HOST_NETWORK_NOT_INJECTED = Rule.warning("MESH278", "host_network_not_injected")
            .title("A pod on the host's network waits for a sidecar")
            .consequence("It gets none: its traffic is plain text and no policy acts on it.")
            .remedy("Leave the host's network, or say sidecar.istio.io/inject: \"false\" so that everybody knows.");

    private static final String INJECT = IstioLabels.INJECT;

    @Override
    public List<Rule> rules() {
        return List.of(HOST_NETWORK_NOT_INJECTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.spec().path("hostNetwork").asBoolean(false))
                .filter(pod -> asks(mesh, pod))
                .map(pod -> HOST_NETWORK_NOT_INJECTED.at(
                        pod.source().at("/spec/hostNetwork"),
                        "injection is asked for, but pods on the host's network get no proxy: neither mutual"
                                + " TLS nor policies"));
    }

    private static boolean asks(Mesh mesh, Pod pod) {
        String wish = pod.labels().getOrDefault(INJECT, pod.annotations().getOrDefault(INJECT, ""));
        Map<String, String> namespace =
                mesh.namespaces().labels(pod.namespace()).orElse(Map.of());
        boolean around = namespace.containsKey(IstioLabels.INJECTION)
                ? namespace.get(IstioLabels.INJECTION).equals("enabled")
                : namespace.containsKey(IstioLabels.REVISION);
        return wish.isEmpty() ? around : wish.equals("true");
    }
}
