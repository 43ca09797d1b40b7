package io.meshwright.platform;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the gateway's Service reaches the outside.
 *
 * @param type Kubernetes' Service type
 * @param annotations what the platform's controller reads
 * @param nodePorts fixed node port by port number, where the platform fixes them
 * @param appProtocol whether the ports may name their protocol: Azure turns that into an HTTP probe of the path {@code /},
 *     which a gateway answers 404, so that the load balancer drops every node (AKS, load balancer health probes)
 */
public record Exposure(
    String type, SortedMap<String, String> annotations, SortedMap<Integer, Integer> nodePorts, boolean appProtocol) {

  public Exposure {
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    nodePorts = Collections.unmodifiableSortedMap(new TreeMap<>(nodePorts));
  }

  static Exposure loadBalancer(Map<String, String> annotations, boolean appProtocol) {
    return new Exposure("LoadBalancer", new TreeMap<>(annotations), new TreeMap<>(), appProtocol);
  }

  /** The node port fixed for a port, if any. */
  public OptionalInt nodePort(int port) {
    Integer nodePort = nodePorts.get(port);
    return nodePort == null ? OptionalInt.empty() : OptionalInt.of(nodePort);
  }
}
