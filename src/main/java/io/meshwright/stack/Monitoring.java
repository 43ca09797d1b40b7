package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.healing.HealingMonitoring;
import io.meshwright.construct.observability.Entrance;
import io.meshwright.construct.observability.ObservabilityStack;
import io.meshwright.construct.observability.settings.MonitoringDomain;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Sizes;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.environment.AddOns;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.stack.monitoring.MonitoringSettings;
import io.meshwright.stack.monitoring.MonitoringWords;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.healing.HealingNames;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
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
        ObservabilityStack stack = new ObservabilityStack(app, ID, props(gateway.pods()));
        new ToolRoutes(stack, environment, gateway)
                .monitoring(stack.props().settings().domain());
        return stack;
    }

    /** The properties of the monitoring stack, from which its page is written too. */
    ObservabilityStack.Props props(Party gateway) {
        return new ObservabilityStack.Props(
                new MonitoringSettings(environment).settings(),
                environment.compatible(),
                sizes(),
                null,
                observability.backup().schedule(),
                observability.access().isRestricted() ? Entrance.guarded(gateway) : Entrance.open(gateway),
                metricsReaders(),
                environment.istio().controlPlanes().label(null),
                null,
                certificates(),
                environment.istio().authorization() == Enforcement.ENFORCE
                        ? List.copyOf(environment.namespaces().keySet())
                        : List.of());
    }

    /** Prometheus and Alertmanager as the processes of self-healing know them. */
    HealingMonitoring healing() {
        Settings settings = new MonitoringSettings(environment).settings();
        MonitoringDomain domain = settings.domain();
        ToolAddress prometheus = domain.address(Tool.PROMETHEUS);
        ToolAddress alertmanager = domain.address(Tool.ALERTMANAGER);
        return new HealingMonitoring(
                pods(prometheus),
                Url.of(prometheus.inClusterUrl()),
                pods(alertmanager),
                Url.of(alertmanager.inClusterUrl()),
                settings.environment(),
                Url.of("%s/%s.md".formatted(settings.runbooks(), HealingNames.ALERT)));
    }

    private static Party pods(ToolAddress address) {
        String app = address.tool().service();
        return Party.outsideMesh(
                Name.of(app),
                Name.of(address.namespace()),
                Map.of("app", app),
                TargetPort.tcp(address.tool().port()));
    }

    /** Alerts tell of certificates that are not renewed. */
    private List<Party> certificates() {
        return AddOns.of(environment).contains(ChartAddOn.CERT_MANAGER)
                ? List.of(Party.outsideMesh(
                        ChartAddOn.CERT_MANAGER.namespace(),
                        ChartAddOn.CERT_MANAGER.namespace(),
                        Map.of("app.kubernetes.io/name", "cert-manager")))
                : List.of();
    }

    private Sizes sizes() {
        Sizes sizes = observability.profile() == Observability.Profile.SMALL ? Sizes.small() : Sizes.large();
        if (environment.aiOps() != null
                && environment.aiOps().logs() != null
                && environment.aiOps().logs().patterns()) {
            sizes = sizes.withPatterns();
        }
        for (var own : observability.resources().entrySet()) {
            sizes = sizes.with(MonitoringWords.program(own.getKey()), own.getValue());
        }
        return observability.collectors() == null ? sizes : sizes.withCollectors(observability.collectors());
    }

    /** Rollouts and autoscalers decide by metrics. */
    private List<Party> metricsReaders() {
        Set<ChartAddOn> used = AddOns.of(environment);
        return List.of(ChartAddOn.ARGO_ROLLOUTS, ChartAddOn.KEDA).stream()
                .filter(used::contains)
                .map(ChartAddOn::namespace)
                .map(namespace -> Party.outsideMesh(namespace, namespace, Map.of()))
                .toList();
    }
}
