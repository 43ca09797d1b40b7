package io.meshwright.construct.observability;

import io.meshwright.construct.observability.logs.CollectorConfig;
import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.traces.JaegerConfig;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Calls between the programs of the stack, with the ports of the pod that is called: one table for both ends of every
 * call.
 */
final class Calls {
    private final Plan plan;
    private final Map<Component, Map<Component, SortedSet<TargetPort>>> byServer = new EnumMap<>(Component.class);

    Calls(Plan plan) {
        this.plan = plan;
        call(Component.GRAFANA, Component.PROMETHEUS, Tool.PROMETHEUS.port());
        call(Component.GRAFANA, Component.LOKI, Tool.LOKI.port());
        call(Component.KIALI, Component.PROMETHEUS, Tool.PROMETHEUS.port());
        if (plan.runs(Component.GRAFANA)) {
            call(Component.KIALI, Component.GRAFANA, Tool.GRAFANA.port());
        }
        // What others run in Jaeger's place takes spans, and nothing is known of how they are read.
        if (plan.runs(Component.JAEGER)) {
            call(Component.GRAFANA, Component.JAEGER, Tool.JAEGER.port());
            call(Component.KIALI, Component.JAEGER, Tool.JAEGER.port());
            call(
                    Component.KIALI,
                    Component.JAEGER,
                    plan.address(Tool.JAEGER).readiness().port());
        }
        call(Component.OTEL_COLLECTOR, Component.JAEGER, JaegerConfig.OTLP_PORT);
        call(Component.OTEL_COLLECTOR, Component.LOKI, Tool.LOKI.port());
        call(Component.LOG_AGENT, Component.LOKI, Tool.LOKI.port());
        call(Component.PROMETHEUS, Component.ALERTMANAGER, Tool.ALERTMANAGER.port());
        if (plan.settings().aiOps().warnsOfServices()) {
            call(Component.LOKI, Component.PROMETHEUS, Tool.PROMETHEUS.port());
            call(Component.LOKI, Component.ALERTMANAGER, Tool.ALERTMANAGER.port());
        }
        scrapes();
    }

    /** The callers of this program, with the ports that each calls. */
    Map<Component, SortedSet<TargetPort>> of(Component server) {
        return byServer.getOrDefault(server, Map.of());
    }

    /** The programs that this one calls, with the ports of each. */
    Map<Component, SortedSet<TargetPort>> by(Component client) {
        Map<Component, SortedSet<TargetPort>> servers = new EnumMap<>(Component.class);
        byServer.forEach((server, clients) -> {
            if (clients.containsKey(client)) {
                servers.put(server, clients.get(client));
            }
        });
        return servers;
    }

    private void scrapes() {
        for (Tool tool : List.of(Tool.ALERTMANAGER, Tool.GRAFANA, Tool.KIALI, Tool.JAEGER, Tool.LOKI)) {
            Component component = tool.component();
            if (!plan.runs(component)) {
                continue;
            }
            call(
                    Component.PROMETHEUS,
                    component,
                    plan.inMesh(component)
                            ? IstioPorts.MERGED_METRICS.value()
                            : plan.address(tool).metrics().port());
        }
        call(Component.PROMETHEUS, Component.OTEL_COLLECTOR, CollectorConfig.METRICS_PORT);
        call(Component.PROMETHEUS, Component.LOG_AGENT, CollectorConfig.METRICS_PORT);
        call(Component.PROMETHEUS, Component.KUBE_STATE_METRICS, ScrapeJob.KUBE_STATE_METRICS.port());
        call(Component.PROMETHEUS, Component.NODE_EXPORTER, ScrapeJob.NODE_EXPORTER.port());
    }

    /** Both are ours, or one of them is and the other is in the cluster too. */
    private void call(Component client, Component server, int own) {
        boolean both = isThere(client) && isThere(server);
        if (!both || !plan.runs(client) && !plan.runs(server)) {
            return;
        }
        int port = plan.existing(server)
                .map(program -> program.targetPort().value())
                .orElse(own);
        byServer.computeIfAbsent(server, any -> new EnumMap<>(Component.class))
                .computeIfAbsent(client, any -> new TreeSet<>())
                .add(TargetPort.tcp(port));
    }

    private boolean isThere(Component component) {
        return plan.runs(component) || plan.foreign(component).isPresent();
    }

    /** Programs of ours whose pods are in the network of pods, where policies act. */
    static List<Component> policed(Plan plan) {
        List<Component> policed = new ArrayList<>(plan.running());
        // On the node's own network, where no policy reaches it.
        policed.remove(Component.NODE_EXPORTER);
        return policed;
    }
}
