package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.terms.Wildcard;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ports of a pod that its sidecar captures, as annotations restrict the redirection by iptables. */
public final class Capture {
    private static final String PREFIX = IstioAnnotations.TRAFFIC;
    private static final String ALL = "*";

    private Capture() {}

    /** True if calls to the pod's port pass its sidecar. */
    public static boolean inbound(Pod pod, int containerPort) {
        return !isLeftAlone(pod)
                && captured(pod.annotations(), "includeInboundPorts", "excludeInboundPorts", containerPort);
    }

    /** True if the pod's own calls to a port pass its sidecar, as far as ports decide it. */
    public static boolean outbound(Pod pod, int port) {
        return !outbound(pod, port, Optional.empty()).isNo();
    }

    /**
     * The same by the address that is called, if it is known. What is excluded goes first, then includeOutboundPorts
     * adds to what includeOutboundIPRanges leaves out (istio-iptables, capture/run.go).
     */
    public static Truth outbound(Pod pod, int port, Optional<String> address) {
        if (isLeftAlone(pod)
                || lists(pod.annotations().getOrDefault(PREFIX.concat("excludeOutboundPorts"), ""), port)) {
            return Truth.NO;
        }
        String excluded = pod.annotations().getOrDefault(IstioAnnotations.EXCLUDE_OUTBOUND_RANGES, "");
        String included = pod.annotations().getOrDefault(IstioAnnotations.INCLUDE_OUTBOUND_RANGES, ALL);
        boolean added = lists(pod.annotations().getOrDefault(PREFIX.concat("includeOutboundPorts"), ""), port);
        Truth taken = added ? Truth.YES : within(blocks(included), address);
        // Single addresses that are left out are no services of the mesh: the node's metadata, the API server.
        List<String> wide = address.isPresent()
                ? blocks(excluded)
                : blocks(excluded).stream().filter(AddressBlock::holdsSeveral).toList();
        return within(wide, address).not().and(taken);
    }

    /** True if nothing leads connections of the pod to its proxy. */
    private static boolean isLeftAlone(Pod pod) {
        return pod.annotations()
                .getOrDefault(IstioAnnotations.INTERCEPTION_MODE, "")
                .equals("NONE");
    }

    private static List<String> blocks(String ranges) {
        return Arrays.stream(ranges.split(","))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .toList();
    }

    private static Truth within(List<String> blocks, Optional<String> address) {
        if (blocks.isEmpty() || blocks.contains(ALL)) {
            return Truth.of(!blocks.isEmpty());
        }
        return address.map(called -> Truth.of(Wildcard.fitsAddress(blocks, called)))
                .orElse(Truth.UNKNOWN);
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
