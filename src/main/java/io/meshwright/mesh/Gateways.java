package io.meshwright.mesh;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The Gateway objects and what they make of gateway pods. */
public final class Gateways {

  // Istio orders by creation time; manifests have none, so by what it falls back to: name, then namespace.
  private static final Comparator<Gateway> ORDER =
      Comparator.comparing((Gateway gateway) -> gateway.manifest().name()).thenComparing(gateway -> gateway.manifest().home());

  private final List<Gateway> all;
  private final Map<String, Gateway> byReference;
  private final Pods pods;
  private final Services services;
  private final boolean scoped;

  Gateways(Manifests manifests, Pods pods, Services services, MeshConfig mesh) {
    this.all = manifests.kind(Kind.GATEWAY).stream().map(Gateway::of).sorted(ORDER).toList();
    this.byReference = all.stream().collect(Collectors.toMap(Gateway::reference, Function.identity(), (one, same) -> one, TreeMap::new));
    this.pods = pods;
    this.services = services;
    this.scoped = mesh.scopesGatewayToNamespace();
  }

  /** By name, then namespace. */
  public List<Gateway> all() {
    return all;
  }

  /** The Gateway of a reference {@code namespace/name}. */
  public Optional<Gateway> find(String reference) {
    return Optional.ofNullable(byReference.get(reference));
  }

  /** The pods that the selector means, in any namespace; an empty selector means every gateway pod. */
  public List<Pod> pods(Gateway gateway) {
    List<Pod> selected = gateway.selector().isEmpty()
        ? pods.all().stream().filter(pod -> pod.proxy().isGateway()).toList()
        : pods.selectedBy(gateway.selector());
    return selected.stream().filter(pod -> !scoped || pod.namespace().equals(gateway.manifest().home())).toList();
  }

  /** The Gateways that configure a pod, in the order in which their servers claim its ports. */
  public List<Gateway> of(Pod pod) {
    return all.stream().filter(gateway -> pod.isSelectedBy(gateway.selector()))
        .filter(gateway -> !scoped || pod.namespace().equals(gateway.manifest().home())).toList();
  }

  /** The ports on which a gateway pod listens. */
  public List<Listener> listeners(Pod pod) {
    Listeners listeners = new Listeners();
    for (Gateway gateway : of(pod)) {
      gateway.servers().forEach(server -> ports(server, pod).forEach(port -> listeners.add(server, port)));
    }
    return listeners.listeners();
  }

  /** The ports on which the pod listens for a server: the target of its Service's port of that number, else the number itself. */
  public Set<Integer> ports(Server server, Pod pod) {
    Set<Integer> targets = new TreeSet<>();
    for (Service service : services.selecting(pod)) {
      OptionalInt target = service.port(server.port()).map(port -> port.on(pod)).orElse(OptionalInt.empty());
      target.ifPresent(targets::add);
    }
    return targets.isEmpty() ? Set.of(server.port()) : targets;
  }
}
