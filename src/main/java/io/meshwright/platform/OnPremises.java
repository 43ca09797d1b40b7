package io.meshwright.platform;

import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A cluster in a data centre: fixed node ports behind its own balancer, or a load balancer controller of its own. */
@Word("onPremises")
@Doc("A data centre of one's own: node ports, or an external load balancer.")
public record OnPremises(
    @Required @Doc("Class of the volumes.") String storageClass,
    @Doc("Fixed node port of each gateway port, for example http: 30080; absent: a Service of type LoadBalancer.")
        NodePorts nodePorts,
    @Doc("Failure zones of the nodes; default none.") List<String> zones)
    implements Platform {

  public OnPremises {
    Require.present("storageClass", storageClass);
    zones = zones == null ? List.of() : List.copyOf(zones);
  }

  @Override
  public Exposure expose(Request request) {
    return nodePorts == null
        ? Exposure.loadBalancer(Map.of(), true)
        : new Exposure("NodePort", new TreeMap<>(), nodePorts.byPort(), true);
  }

  @Override
  public Optional<InvalidValue> refusal(IpAddress address) {
    return Optional.of(new InvalidValue(
        "gateway.address",
        "'%s' cannot be requested from an on-premises balancer".formatted(address),
        "remove it; the balancer in front of the node ports owns the address"));
  }

  /** Node ports, in Kubernetes' range. */
  public record NodePorts(@Required Port http, Port https) {
    public NodePorts {
      Require.present("http", http);
      inRange("http", http);
      if (https != null) {
        inRange("https", https);
      }
    }

    TreeMap<Integer, Integer> byPort() {
      var ports = new TreeMap<Integer, Integer>();
      ports.put(80, http.value());
      if (https != null) {
        ports.put(443, https.value());
      }
      return ports;
    }

    private static void inRange(String key, Port port) {
      if (port.value() < 30000 || port.value() > 32767) {
        throw new InvalidValue(key, "'%s' is no node port".formatted(port), "take one from 30000 to 32767");
      }
    }
  }
}
