package io.meshwright.platform;

import io.meshwright.value.IpAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
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
 * @param loadBalancerIP the address, where the platform is asked for it by Kubernetes' own field
 * @param controller who is asked for the load balancer, where the platform has several
 */
public record Exposure(
        String type,
        SortedMap<String, String> annotations,
        SortedMap<Integer, Integer> nodePorts,
        String externalTrafficPolicy,
        boolean appProtocol,
        Optional<IpAddress> loadBalancerIP,
        Optional<Controller> controller) {
    // A load balancer of Kubernetes asks each node's healthCheckNodePort, which only its type of Service has.
    private static final String LOCAL = "Local";
    private static final String CLUSTER = "Cluster";

    public Exposure {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        nodePorts = Collections.unmodifiableSortedMap(new TreeMap<>(nodePorts));
    }

    /** By a load balancer that asks each node whether it has a gateway pod. */
    public static Exposure loadBalancer(Map<String, String> annotations, boolean appProtocol) {
        return new Exposure("LoadBalancer", annotations, Map.of(), LOCAL, appProtocol);
    }

    private Exposure(
            String type,
            Map<String, String> annotations,
            Map<Integer, Integer> nodePorts,
            String policy,
            boolean appProtocol) {
        this(
                type,
                new TreeMap<>(annotations),
                new TreeMap<>(nodePorts),
                policy,
                appProtocol,
                Optional.empty(),
                Optional.empty());
    }

    /** The same at an address that the Service's own field asks for. */
    public Exposure at(IpAddress address) {
        return new Exposure(
                type, annotations, nodePorts, externalTrafficPolicy, appProtocol, Optional.of(address), controller);
    }

    /** The same by a controller of one's own. */
    public Exposure by(Controller other) {
        return new Exposure(
                type, annotations, nodePorts, externalTrafficPolicy, appProtocol, loadBalancerIP, Optional.of(other));
    }

    /** The same where it means nothing which node has a pod, because addresses are kept, or lost, elsewhere. */
    public Exposure byAnyNode() {
        return new Exposure(type, annotations, nodePorts, CLUSTER, appProtocol, loadBalancerIP, controller);
    }

    /** By the same port of every node. */
    public static Exposure nodePorts(Map<Integer, Integer> nodePorts, boolean healthChecked) {
        return new Exposure("NodePort", Map.of(), nodePorts, healthChecked ? LOCAL : CLUSTER, true);
    }

    /** From inside the cluster alone. */
    public static Exposure clusterIp() {
        return new Exposure("ClusterIP", Map.of(), Map.of(), "", true);
    }

    /** The node port fixed for a port, if any. */
    public OptionalInt nodePort(int port) {
        Integer nodePort = nodePorts.get(port);
        return nodePort == null ? OptionalInt.empty() : OptionalInt.of(nodePort);
    }

    /**
     * A controller that gives load balancers.
     *
     * @param loadBalancerClass by which a Service chooses it
     * @param withoutClass annotations by which one chooses it that cannot name the class
     */
    public record Controller(String loadBalancerClass, Map<String, String> withoutClass) {
        public Controller {
            withoutClass = Map.copyOf(withoutClass);
        }
    }
}
