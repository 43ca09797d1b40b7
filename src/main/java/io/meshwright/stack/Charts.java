package io.meshwright.stack;

import io.meshwright.environment.Cast;
import io.meshwright.environment.Environment;
import org.cdk8s.App;

/** Which charts one environment has; each is a folder of its own below {@code dist/<environment>/}. */
final class Charts {
  private Charts() {}

  static void of(App app, Environment environment) {
    Cast cast = new Cast(environment);
    new NamespacesStack(app, environment);
    if (!environment.cluster().platform().addressPools().isEmpty()) {
      new LoadBalancerStack(app, environment);
    }
    new MeshStack(app, environment, cast);
  }
}
