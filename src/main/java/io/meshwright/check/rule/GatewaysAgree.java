package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Gateway;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gateways of the same pods share their ports; a server that does not go with an earlier one is left out as a whole.
 */
public final class GatewaysAgree implements Check {

  private record Opened(Gateway gateway, Server server) {}

  @Override
  public Stream<Finding> run(Mesh mesh) {
    Map<Integer, List<Opened>> byPort = new TreeMap<>();
    for (Gateway gateway : mesh.gateways().all()) {
      gateway.servers().forEach(server -> byPort.computeIfAbsent(server.port(), none -> new ArrayList<>())
          .add(new Opened(gateway, server)));
    }
    return byPort.values().stream().flatMap(opened -> pairs(mesh, opened).stream());
  }

  private static List<Finding> pairs(Mesh mesh, List<Opened> opened) {
    List<Finding> findings = new ArrayList<>();
    for (Opened one : opened) {
      // Nobody knows which is older, so either side may be the one that loses.
      opened.stream().filter(other -> Rivals.differ(other.gateway().manifest(), one.gateway().manifest())
          || other.gateway() == one.gateway() && opened.indexOf(other) < opened.indexOf(one))
          .filter(other -> samePods(mesh, other.gateway(), one.gateway()))
          .flatMap(other -> clash(other, one).stream()
              .map(finding -> Rivals.weighed(mesh, other.gateway().manifest(), finding)))
          .findFirst().ifPresent(findings::add);
    }
    return findings;
  }

  private static boolean samePods(Mesh mesh, Gateway one, Gateway other) {
    if (one == other) {
      return true;
    }
    boolean shared = mesh.gateways().pods(one).stream().anyMatch(mesh.gateways().pods(other)::contains);
    boolean unknown = mesh.gateways().pods(one).isEmpty() && mesh.gateways().pods(other).isEmpty();
    boolean nested = one.selector().labels().entrySet().containsAll(other.selector().labels().entrySet())
        || other.selector().labels().entrySet().containsAll(one.selector().labels().entrySet());
    return shared || unknown && nested;
  }

  private static Optional<Finding> clash(Opened early, Opened late) {
    Server one = early.server();
    Server other = late.server();
    if (!one.bind().equals(other.bind())) {
      return Optional.empty();
    }
    if (one.isTls() != other.isTls() || !one.isTls() && !(one.isHttp() && other.isHttp())) {
      return Optional.of(Rule.GATEWAYS_CONFLICT.at(other.source(),
          "port %d of the same pods is opened as %s by %s and as %s here: only the %s"
          .formatted(other.port(), one.protocol(), early.gateway()
              .manifest(), other.protocol(), "server of the older object is kept")));
    }
    Set<String> common = new TreeSet<>(other.hostNames());
    common.retainAll(one.hostNames());
    if (common.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(one.isTls() ? Rule.GATEWAYS_CONFLICT.at(other.source(),
            "%s serves %s on port %d of the same pods too: the whole server of the younger object is left out"
                .formatted(
                early.gateway().manifest(), common, other.port()))
        : Rule.GATEWAYS_CONFLICT.at(other.source(),
            "%s serves %s on port %d of the same pods too: their routes are mixed in the order of their age"
            .formatted(early.gateway().manifest(), common, other.port())).as(Severity.WARNING));
  }
}
