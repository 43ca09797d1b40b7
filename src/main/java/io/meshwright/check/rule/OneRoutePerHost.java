package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Export;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Source;
import io.meshwright.mesh.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sidecars use one VirtualService for a host and drop the others. */
public final class OneRoutePerHost implements Check {

  private record Claim(VirtualService service, Source source) {}

  @Override
  public Stream<Finding> run(Mesh mesh) {
    Map<String, List<Claim>> claims = new TreeMap<>();
    for (VirtualService service : mesh.virtualServices().all()) {
      for (int index = 0; service.isOnMesh() && index < service.hosts().size(); index++) {
        claims.computeIfAbsent(service.hosts().get(index), none -> new ArrayList<>())
            .add(new Claim(service, Source.of(service.manifest()).item("spec/hosts", index)));
      }
    }
    return claims.entrySet().stream().flatMap(entry -> entry.getValue().stream()
        .flatMap(claim -> rival(claim, entry.getValue()).stream()
            .map(rival -> Rule.HOST_CLAIMED_TWICE.at(claim.source(),
            "%s claims \"%s\" for sidecars too; they use the older of the two and drop the other".formatted(
                rival.service(), entry.getKey())))));
  }

  private static Optional<Claim> rival(Claim claim, List<Claim> all) {
    return all.stream().filter(other -> other.service() != claim.service()
        && meet(other.service().export(), claim.service().export())).findFirst();
  }

  private static boolean meet(Export one, Export other) {
    Set<String> both = named(one);
    both.retainAll(named(other));
    boolean reachesAny = !named(one).isEmpty() && !named(other).isEmpty();
    return reachesAny && (one.isPublic() || other.isPublic() || !both.isEmpty());
  }

  private static Set<String> named(Export export) {
    Set<String> namespaces = new TreeSet<>();
    export.namespaces().stream().filter(name -> !name.equals("~")).map(name -> name.equals(".") ? export.owner() : name)
        .forEach(namespaces::add);
    return namespaces;
  }
}
