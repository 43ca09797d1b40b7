package io.meshwright.mesh;

import io.meshwright.manifest.Manifest;
import java.util.Optional;
import java.util.stream.Stream;

/** Which services have a waypoint, the proxy that reads HTTP for them in ambient mode. */
public final class Waypoints {

  private static final String LABEL = "istio.io/use-waypoint";
  private static final String FROM_GATEWAYS = "istio.io/ingress-use-waypoint";
  private static final String NONE = "none";
  private static final String POINTER = "/metadata/labels/istio.io~1use-waypoint";

  private final Namespaces namespaces;

  Waypoints(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** The label of a service, or else of its namespace, by which calls of a client go through a waypoint. */
  public Optional<Source> between(Pod client, Service service) {
    boolean asked = switch (client.proxy().type()) {
      case ZTUNNEL -> true;
      // Gateways call services directly unless the service says otherwise; sidecars always do.
      case GATEWAY -> labelled(service).anyMatch(owner -> owner.labels().getOrDefault(FROM_GATEWAYS, "").equals("true"));
      default -> false;
    };
    return asked ? labelled(service).filter(owner -> owner.labels().containsKey(LABEL)).findFirst()
        .filter(owner -> !owner.labels().get(LABEL).equals(NONE)).map(owner -> new Source(owner, POINTER))
        : Optional.empty();
  }

  private Stream<Manifest> labelled(Service service) {
    return Stream.concat(Stream.of(service.source().manifest()),
        namespaces.manifest(service.namespace()).stream());
  }
}
