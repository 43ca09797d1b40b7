package io.meshwright.mesh;

import io.meshwright.mesh.Listener.Dropped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges the servers of all Gateways of one gateway pod port by port (pilot/pkg/model/gateway.go, mergeGateways). */
final class Listeners {

  private record Key(int port, String bind) {}

  private final Map<Key, List<Server>> kept = new LinkedHashMap<>();
  private final Map<Key, List<Dropped>> dropped = new LinkedHashMap<>();

  /** {@code port} is where the pod listens for the server. */
  void add(Server server, int port) {
    Key key = new Key(port, server.bind());
    List<Server> there = kept.computeIfAbsent(key, none -> new ArrayList<>());
    Optional<Dropped> refusal = there.stream().map(other -> clash(server, other)).flatMap(Optional::stream).findFirst();
    if (refusal.isPresent()) {
      dropped.computeIfAbsent(key, none -> new ArrayList<>()).add(refusal.get());
    } else {
      there.add(server);
    }
  }

  private static Optional<Dropped> clash(Server late, Server early) {
    if (late.isTls() != early.isTls()) {
      return drop(late, early, "one server on the port uses TLS and the other does not");
    }
    Optional<Dropped> taken = taken(late, early);
    if (taken.isPresent()) {
      return taken;
    }
    if (!late.isTls()) {
      boolean merges = late.isHttp() && early.isHttp();
      return merges ? Optional.empty() : drop(late, early, "only servers of plain HTTP share a port without TLS");
    }
    boolean sameRoutes = late.isHttp() && early.isHttp() && late.gateway().equals(early.gateway())
        && late.port() == early.port()
        && late.portName().equals(early.portName());
    return sameRoutes ? drop(late, early, "two HTTPS servers of one Gateway give the port the same name")
        : Optional.empty();
  }

  /**
   * Hosts are compared between all servers with a tls block, even one that only asks for a redirect (CheckDuplicates).
   */
  private static Optional<Dropped> taken(Server late, Server early) {
    if (late.tls().mode().isEmpty() || early.tls().mode().isEmpty()) {
      return Optional.empty();
    }
    return late.hostNames().stream().filter(early.hostNames()::contains).sorted().findFirst()
        .flatMap(host -> drop(late, early, "the host %s is taken, and with it the whole server".formatted(host)));
  }

  private static Optional<Dropped> drop(Server late, Server early, String why) {
    return Optional.of(new Dropped(late, early, why));
  }

  List<Listener> listeners() {
    return kept.entrySet().stream()
        .map(entry -> new Listener(entry.getKey().port(), entry.getKey().bind(), List.copyOf(entry.getValue()),
        List.copyOf(dropped.getOrDefault(entry.getKey(), List.of())))).toList();
  }
}
