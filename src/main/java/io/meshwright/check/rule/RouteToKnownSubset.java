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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A subset exists only where the DestinationRule that the caller heeds defines it. */
public final class RouteToKnownSubset implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    Given given = new Given(mesh);
    return mesh.virtualServices().all().stream().flatMap(service -> Target.of(service).stream())
        .filter(target -> target.subset().isPresent()).flatMap(target -> finding(mesh, given, target).stream());
  }

  private static Optional<Finding> finding(Mesh mesh, Given given, Target target) {
    String subset = target.subset().orElseThrow();
    List<DestinationRule> rules = rulesOf(mesh, mesh.services().host(target.host(), target.namespace()));
    if (rules.stream().noneMatch(rule -> rule.subsets().containsKey(subset))) {
      boolean telling = !rules.isEmpty() || target.service(mesh).map(service -> given.services(service.namespace())).orElse(false)
          || mesh.destinationRules().written().stream().anyMatch(rule -> rule.namespace().equals(target.namespace()));
      return telling ? Optional.of(unknown(target, rules)) : Optional.empty();
    }
    return target.service(mesh).flatMap(service -> hidden(mesh, target, service));
  }

  private static List<DestinationRule> rulesOf(Mesh mesh, String host) {
    return mesh.destinationRules().written().stream().filter(rule -> HostName.within(host, rule.host())).toList();
  }

  private static Finding unknown(Target target, List<DestinationRule> rules) {
    String where = rules.isEmpty() ? "no DestinationRule is written for \"%s\"".formatted(target.host())
        : "%s does not define it".formatted(rules.get(0).source().manifest());
    return Rule.ROUTE_TO_UNKNOWN_SUBSET.at(target.source().at("/subset"),
        "subset \"%s\" does not exist: %s, so the proxy answers 503 with flag NC".formatted(target.subset().orElseThrow(), where));
  }

  private static Optional<Finding> hidden(Mesh mesh, Target target, Service service) {
    return callers(mesh, target).stream().flatMap(namespace -> mesh.destinationRules().seenBy(new Client(namespace, Map.of()), service).stream()
        .filter(rule -> !rule.subsets().containsKey(target.subset().orElseThrow()))
        .map(rule -> Rule.ROUTE_TO_UNKNOWN_SUBSET.at(target.source().at("/subset"),
            "callers in namespace \"%s\" heed %s, which hides the rule that defines subset \"%s\": they get 503 with flag NC".formatted(
                namespace, rule.source().manifest(), target.subset().orElseThrow()))
            .remedy("Define the subset in that DestinationRule too, or remove it."))).findFirst();
  }

  /** The namespaces of the proxies that take the route: those of its gateways' pods, and its own for sidecars. */
  private static Set<String> callers(Mesh mesh, Target target) {
    Set<String> callers = new TreeSet<>();
    if (target.owner().isOnMesh()) {
      callers.add(target.namespace());
    }
    target.owner().gateways().stream().flatMap(name -> mesh.gateways().find(name).stream())
        .flatMap(gateway -> mesh.gateways().pods(gateway).stream()).map(Pod::namespace).forEach(callers::add);
    return callers;
  }
}
