package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.HttpMatch;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.VirtualService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A gateway joins the VirtualServices of a host by their age, which no manifest tells; where their routes overlap, age
 * decides.
 */
public final class RouteOrderDecided implements Check {

  private record Key(String gateway, String host) implements Comparable<Key> {

    private static final Comparator<Key> ORDER = Comparator.comparing(Key::gateway).thenComparing(Key::host);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  public Stream<Finding> run(Mesh mesh) {
    Map<Key, List<VirtualService>> sharing = new TreeMap<>();
    for (VirtualService service : mesh.virtualServices().all()) {
      service.gateways().stream().filter(gateway -> !gateway.equals(VirtualService.MESH)).distinct().forEach(gateway ->
          service.hosts().stream().distinct().forEach(host ->
              sharing.computeIfAbsent(new Key(gateway, host), none -> new ArrayList<>()).add(service)));
    }
    return sharing.entrySet().stream().flatMap(entry -> pairs(entry.getKey(), entry.getValue()));
  }

  private static Stream<Finding> pairs(Key key, List<VirtualService> services) {
    List<Finding> findings = new ArrayList<>();
    for (int late = 1; late < services.size(); late++) {
      for (int early = 0; early < late; early++) {
        if (Rivals.differ(services.get(early).manifest(), services.get(late).manifest())) {
          overlap(key, services.get(early), services.get(late)).ifPresent(findings::add);
        }
      }
    }
    return findings.stream();
  }

  private static Optional<Finding> overlap(Key key, VirtualService early, VirtualService late) {
    for (HttpMatch one : matches(early)) {
      for (HttpMatch other : matches(late)) {
        boolean sorted = one.isCatchAll() != other.isCatchAll();
        if (!sorted && (Cover.covers(one.body(), other.body()) || Cover.covers(other.body(), one.body()))) {
          return Optional.of(Rule.ROUTE_ORDER_UNDECIDED.at(other.source(),
              "%s routes some of these requests for \"%s\" on gateway %s too (line %d); %s"
              .formatted(early, key.host(), key.gateway(), one.source().place()
                  .line(), "which one gets them depends on the age of the objects")));
        }
      }
    }
    return Optional.empty();
  }

  private static List<HttpMatch> matches(VirtualService service) {
    return service.written().stream().flatMap(route -> route.matches().stream()).toList();
  }
}
