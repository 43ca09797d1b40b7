package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.util.Map;
import java.util.stream.Stream;

/** A pod on the host's network is never injected, whatever its labels and those of its namespace ask. */
public final class HostNetworkOutsideMesh implements Check {
    private static final String INJECT = "sidecar.istio.io/inject";

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.spec().path("hostNetwork").asBoolean(false))
                .filter(pod -> asks(mesh, pod))
                .map(pod -> Rule.HOST_NETWORK_NOT_INJECTED.at(
                        pod.source().at("/spec/hostNetwork"),
                        "injection is asked for, but pods on the host's network get no proxy: neither mutual"
                                + " TLS nor policies"));
    }

    private static boolean asks(Mesh mesh, Pod pod) {
        String wish = pod.labels().getOrDefault(INJECT, pod.annotations().getOrDefault(INJECT, ""));
        Map<String, String> namespace =
                mesh.namespaces().labels(pod.namespace()).orElse(Map.of());
        boolean around = namespace.containsKey("istio-injection")
                ? namespace.get("istio-injection").equals("enabled")
                : namespace.containsKey("istio.io/rev");
        return wish.isEmpty() ? around : wish.equals("true");
    }
}
