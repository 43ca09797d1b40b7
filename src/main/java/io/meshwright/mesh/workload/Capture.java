package io.meshwright.mesh.workload;

import io.meshwright.value.istio.IstioAnnotations;
import java.util.Arrays;
import java.util.Map;

/** The ports of a pod that its sidecar captures, as annotations restrict the redirection by iptables. */
public final class Capture {
    private static final String PREFIX = IstioAnnotations.TRAFFIC;
    private static final String ALL = "*";

    private Capture() {}

    /** True if calls to the pod's port pass its sidecar. */
    public static boolean inbound(Pod pod, int containerPort) {
        return captured(pod.annotations(), "includeInboundPorts", "excludeInboundPorts", containerPort);
    }

    /** True if the pod's own calls to a port pass its sidecar, as far as ports decide it. */
    public static boolean outbound(Pod pod, int port) {
        // Outbound everything is captured; includeOutboundPorts only adds to what includeOutboundIPRanges leaves out.
        return !lists(pod.annotations().getOrDefault(PREFIX.concat("excludeOutboundPorts"), ""), port);
    }

    private static boolean captured(Map<String, String> annotations, String include, String exclude, int port) {
        String included = annotations.getOrDefault(PREFIX.concat(include), ALL);
        return (included.equals(ALL) || lists(included, port))
                && !lists(annotations.getOrDefault(PREFIX.concat(exclude), ""), port);
    }

    private static boolean lists(String ports, int port) {
        return Arrays.stream(ports.split(",")).anyMatch(listed -> listed.strip().equals(Integer.toString(port)));
    }
}
