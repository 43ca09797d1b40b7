package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.observability.ObservabilityStack;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Sizes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cdk8s.App;

/** The tools of one environment, and the routes by which browsers reach them. */
final class Monitoring {
  static final String ID = "observability";

  private final Environment environment;
  private final Observability observability;

  Monitoring(Environment environment) {
    this.environment = environment;
    this.observability = environment.observability();
  }

  ObservabilityStack build(App app, MeshGateway gateway) {
    MonitoringSettings settings = new MonitoringSettings(environment);
    ObservabilityStack.Builder stack = ObservabilityStack.Builder.create(app, ID)
        .settings(settings.settings())
        .releases(environment.compatible())
        .sizes(sizes())
        .backupSchedule(observability.backup().schedule())
        .gateway(gateway.pods(), !observability.access().from().isEmpty())
        .metricsReaders(metricsReaders());
    if (environment.istio().revisions() != null) {
      stack.revision(environment.istio().revisions().label());
    }
    ObservabilityStack built = stack.build();
    ToolRoutes.monitoring(built, settings.domain(), gateway);
    return built;
  }

  private Sizes sizes() {
    Sizes sizes = observability.profile() == Observability.Profile.SMALL ? Sizes.small() : Sizes.large();
    for (var own : observability.resources().entrySet()) {
      sizes = sizes.with(Component.valueOf(own.getKey().name()), own.getValue());
    }
    return sizes;
  }

  /** Rollouts and autoscalers decide by metrics. */
  private List<Party> metricsReaders() {
    Set<ChartAddOn> used = new ClusterNamespaces(environment).addOns();
    return List.of(ChartAddOn.ARGO_ROLLOUTS, ChartAddOn.KEDA).stream().filter(used::contains)
        .map(ClusterNamespaces::of)
        .map(namespace -> Party.outsideMesh(namespace, namespace, Map.of()))
        .toList();
  }
}
