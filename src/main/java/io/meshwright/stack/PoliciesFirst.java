package io.meshwright.stack;

import io.meshwright.construct.delivery.Wave;
import java.util.Set;
import org.cdk8s.ApiObject;
import org.cdk8s.Chart;

/** Inside a stack, what limits pods stands before them: on the first sync no pod answers unguarded, nor calls blindly. */
final class PoliciesFirst {
  private static final Set<String> KINDS = Set.of(
      "AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "ServiceEntry", "Sidecar");

  private PoliciesFirst() {}

  /** Kubernetes' own NetworkPolicies need no wave: Argo CD applies them before workloads by their kind. */
  static void in(Chart chart) {
    for (ApiObject object : ApiObjects.in(chart)) {
      if (KINDS.contains(object.getKind())) {
        Wave.beforePods(object);
      }
    }
  }
}
