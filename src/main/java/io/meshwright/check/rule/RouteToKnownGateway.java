package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Source;
import io.meshwright.mesh.VirtualService;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A route bound to a Gateway that does not exist is accepted by the API server and serves nobody. */
public final class RouteToKnownGateway implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    return mesh.virtualServices().all().stream().flatMap(service -> bindings(mesh, service));
  }

  private static Stream<Finding> bindings(Mesh mesh, VirtualService service) {
    Source list = Source.of(service.manifest());
    return IntStream.range(0, service.at("/spec/gateways").size()).mapToObj(index -> list.item("spec/gateways", index))
        .flatMap(binding -> binding(mesh, service, binding));
  }

  private static Stream<Finding> binding(Mesh mesh, VirtualService service, Source binding) {
    String written = service.at(binding.pointer()).asText("");
    String reference = VirtualService.gateway(written, service.manifest().home());
    String namespace = reference.substring(0, Math.max(0, reference.indexOf('/')));
    boolean known = reference.equals(VirtualService.MESH) || mesh.gateways().find(reference).isPresent()
        || mesh.externals().hasGateway(namespace, reference.substring(namespace.length() + 1));
    if (known || !isTelling(mesh, namespace)) {
      return Stream.empty();
    }
    return Stream.of(Rule.ROUTE_TO_UNKNOWN_GATEWAY.at(binding,
        "there is no Gateway %s, so \"%s\" binds the route to nothing: its hosts answer 404 there"
            .formatted(reference, written)));
  }

  /** A folder of routes without any Gateway comes from a cluster whose Gateways are written elsewhere. */
  private static boolean isTelling(Mesh mesh, String namespace) {
    return mesh.manifests().kind(Kind.GATEWAY).stream().findAny().isPresent()
        || mesh.namespaces().labels(namespace).isPresent();
  }
}
