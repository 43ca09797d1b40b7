package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import java.util.stream.Stream;

/** Requests for a host that the registry does not know have no cluster to go to. */
public final class RouteToKnownHost implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    Given given = new Given(mesh);
    return mesh.virtualServices().all().stream().flatMap(service -> Target.of(service).stream())
        .flatMap(target -> given.lost(target.host(), target.namespace()).stream().map(why ->
            Rule.ROUTE_TO_UNKNOWN_HOST.at(target.source().at("/host"), "%s, so the proxy answers 503 with flag NC"
                .formatted(why))));
  }
}
