package io.meshwright.platform;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The way from the outside to the gateway's Service.
 *
 * @param type Kubernetes' Service type
 * @param annotations what the platform's controller reads
 * @param nodePorts fixed node port by port number, where the platform fixes them
 * @param externalTrafficPolicy {@code Local} keeps the client's address, and drops connections to a node without a
 *     gateway pod: for whoever sends nothing there. {@code Cluster} answers on every node, and hides that address
 * @param appProtocol whether the ports may name their protocol: Azure turns that into an HTTP probe of the path
 *     {@code /}, which a gateway answers 404, so that the load balancer drops every node (AKS, load balancer health
 *     probes)
 */
public record Exposure(
        String type,
        SortedMap<String, String> annotations,
        SortedMap<Integer, Integer> nodePorts,
        String externalTrafficPolicy,
        boolean appProtocol) {
    // A load balancer of Kubernetes asks each node's healthCheckNodePort, which only its type of Service has.
    private static final String LOCAL = "Local";

    public Exposure {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        nodePorts = Collections.unmodifiableSortedMap(new TreeMap<>(nodePorts));
    }

    /** By a load balancer that asks each node whether it has a gateway pod. */
    public static Exposure loadBalancer(Map<String, String> annotations, boolean appProtocol) {
        return new Exposure("LoadBalancer", new TreeMap<>(annotations), new TreeMap<>(), LOCAL, appProtocol);
    }

    /** By the same port of every node. */
    public static Exposure nodePorts(Map<Integer, Integer> nodePorts, boolean healthChecked) {
        return new Exposure(
                "NodePort", new TreeMap<>(), new TreeMap<>(nodePorts), healthChecked ? LOCAL : "Cluster", true);
    }

    /** From inside the cluster alone. */
    public static Exposure clusterIp() {
        return new Exposure("ClusterIP", new TreeMap<>(), new TreeMap<>(), "", true);
    }

    /** The node port fixed for a port, if any. */
    public OptionalInt nodePort(int port) {
        Integer nodePort = nodePorts.get(port);
        return nodePort == null ? OptionalInt.empty() : OptionalInt.of(nodePort);
    }
}
