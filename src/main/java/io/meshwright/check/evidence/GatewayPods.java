package io.meshwright.check.evidence;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.stream.Stream;

/** The pods of gateways, and those that somebody else installs as far as Gateway objects tell of them. */
public final class GatewayPods {
    private GatewayPods() {}

    /** Pods among the manifests first. */
    public static Stream<Pod> of(Mesh mesh) {
        return Stream.concat(
                mesh.pods().all().stream().filter(pod -> pod.proxy().isGateway()), absent(mesh));
    }

    /** Gateways of which only their Gateway objects are among the manifests. */
    private static Stream<Pod> absent(Mesh mesh) {
        return mesh.gateways().all().stream()
                .filter(gateway -> mesh.gateways().pods(gateway).isEmpty())
                .filter(gateway -> !gateway.selector().isEmpty())
                .map(gateway -> Pod.gateway(
                        Source.of(gateway.manifest()),
                        mesh.config().rootNamespace(),
                        "istio-ingressgateway",
                        gateway.selector().labels()));
    }
}
