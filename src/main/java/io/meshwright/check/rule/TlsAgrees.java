package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Client;
import io.meshwright.mesh.DestinationRule;
import io.meshwright.mesh.HostName;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Service;
import io.meshwright.mesh.ServicePort;
import io.meshwright.mesh.Source;
import io.meshwright.mesh.TlsOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a DestinationRule makes callers speak must be what the pods behind the host take, for each port. */
public final class TlsAgrees implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    return mesh.destinationRules().written().stream().filter(TlsAgrees::saysTls).flatMap(rule -> services(mesh, rule)
        .flatMap(service -> service.ports().stream().flatMap(port -> findings(mesh, rule, service, port))));
  }

  private static boolean saysTls(DestinationRule rule) {
    return Policies.of(rule).stream().anyMatch(policy -> policy.manifest().at(policy.pointer()).path("tls").isObject());
  }

  private static Stream<Service> services(Mesh mesh, DestinationRule rule) {
    return HostName.isWildcard(rule.host())
        ? mesh.services().all().stream().filter(service -> HostName.within(service.host(), rule.host()))
            : mesh.services().of(rule.host()).stream();
  }

  private static Stream<Finding> findings(Mesh mesh, DestinationRule rule, Service service, ServicePort port) {
    List<Optional<String>> subsets = new ArrayList<>(List.of(Optional.empty()));
    rule.subsets().values().stream().filter(subset -> subset.source().manifest().at(subset.source().pointer())
        .at("/trafficPolicy/tls").isObject())
        .forEach(subset -> subsets.add(Optional.of(subset.name())));
    return subsets.stream().flatMap(subset -> clash(mesh, rule, service, port, subset).stream());
  }

  private static Optional<Finding> clash(Mesh mesh, DestinationRule rule, Service service, ServicePort port,
      Optional<String> subset) {
    for (Pod client : callers(mesh, rule, service)) {
      for (Pod server : mesh.services().pods(service)) {
        TlsOutcome outcome = mesh.clientTls().outcome(client, service, port, subset, server);
        Optional<Source> decided = outcome.decidedBy().stream()
            .filter(source -> source.manifest() == rule.source().manifest()).findFirst();
        if (outcome instanceof TlsOutcome.Broken broken && decided.isPresent()) {
          return Optional.of(Rule.TLS_DISAGREES.at(decided.get(),
              "%s calls %s on port %d in vain: %s; it gets 503 with flag %s".formatted(
              client, service, port.number(), broken.failure().sentence(), broken.failure().flag())));
        }
      }
    }
    return Optional.empty();
  }

  /** A gateway and a sidecar that heed this rule when they call the service speak for all others that do. */
  private static List<Pod> callers(Mesh mesh, DestinationRule rule, Service service) {
    return Stream.of(true, false).flatMap(gateway -> mesh.namespaces().names().stream()
        .flatMap(namespace -> mesh.pods().in(namespace).stream()
            .filter(pod -> pod.proxy().inMesh().isYes() && pod.proxy().isGateway() == gateway)
            .filter(pod -> rule.clients().map(pod::isSelectedBy).orElse(true)).limit(1))
        .filter(pod -> mesh.destinationRules().seenBy(Client.of(pod), service)
            .map(seen -> seen.parts().contains(rule.source().manifest())).orElse(false))
        .limit(1)).toList();
  }
}
