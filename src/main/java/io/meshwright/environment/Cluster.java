package io.meshwright.environment;

import io.meshwright.platform.Platform;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Version;

/** The cluster below the mesh. */
@Doc("The cluster below the mesh.")
public record Cluster(
    @Required @Doc("Kubernetes version, quoted: \"1.33\".") Version kubernetes,
    @Required Platform platform,
    @Doc("Who stands in front of the load balancer; default nobody.") Edge edge) {

  public Cluster {
    Require.present("kubernetes", kubernetes);
    Require.present("platform", platform);
    edge = edge == null ? Edge.none() : edge;
  }
}
