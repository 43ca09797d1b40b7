package io.meshwright.construct.observability;

import io.meshwright.construct.observability.ObservabilityStack.Props;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import io.meshwright.value.telemetry.InCluster;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Place, image and size of each program of the stack, read from the stack's properties. */
record Plan(Props props) {
    Settings settings() {
        return props.settings();
    }

    Name namespace(Component component) {
        return Name.of(
                switch (component) {
                    case LOG_AGENT, NODE_EXPORTER -> settings().agentNamespace();
                    case KIALI -> address(Tool.KIALI).namespace();
                    case GRAFANA, GRAFANA_BACKUP -> address(Tool.GRAFANA).namespace();
                    case PROMETHEUS -> address(Tool.PROMETHEUS).namespace();
                    case ALERTMANAGER -> address(Tool.ALERTMANAGER).namespace();
                    case LOKI -> address(Tool.LOKI).namespace();
                    case JAEGER -> address(Tool.JAEGER).namespace();
                    case OTEL_COLLECTOR, KUBE_STATE_METRICS ->
                        settings().domain().namespace();
                });
    }

    /** True if it is one of ours. */
    boolean runs(Component component) {
        MonitoringParts parts = settings().parts();
        return switch (component) {
            case PROMETHEUS, ALERTMANAGER, KUBE_STATE_METRICS, NODE_EXPORTER -> parts.runsPrometheus();
            case GRAFANA, GRAFANA_BACKUP -> parts.runsGrafana();
            case LOKI -> parts.runsLoki();
            case LOG_AGENT -> parts.readsLogs();
            case JAEGER -> parts.runsJaeger();
            case OTEL_COLLECTOR -> parts.collects();
            case KIALI -> parts.runsKiali();
        };
    }

    /** The programs that are ours. */
    List<Component> running() {
        return Stream.of(Component.values()).filter(this::runs).toList();
    }

    /** The pods of a program that others run in the cluster. */
    Optional<Party> foreign(Component component) {
        if (component == Component.GRAFANA) {
            return settings()
                    .parts()
                    .existingGrafana()
                    .filter(grafana -> grafana.namespace() != null)
                    .map(grafana -> Party.outsideMesh(
                            Name.of(component.app()),
                            Require.present("namespace", grafana.namespace()),
                            grafana.podLabels()));
        }
        return existing(component)
                .map(program -> Party.outsideMesh(program.service(), program.namespace(), program.podLabels()));
    }

    /** A program that others run in the cluster and ours call. */
    Optional<InCluster> existing(Component component) {
        MonitoringParts parts = settings().parts();
        Object part = switch (component) {
            case PROMETHEUS -> parts.prometheus();
            case LOKI -> parts.loki();
            case JAEGER -> parts.jaeger();
            default -> null;
        };
        return Optional.ofNullable(part instanceof InCluster program ? program : null);
    }

    /** The program's pods, as callers and firewalls know them. */
    Party party(Component component) {
        return foreign(component).orElseGet(() -> own(component));
    }

    private Party own(Component component) {
        return Party.outsideMesh(Name.of(component.app()), namespace(component), Map.of("app", component.app()));
    }

    ToolAddress address(Tool tool) {
        return settings().address(tool);
    }

    ImageReference image(Component component) {
        return props.releases().image(component.image()).image();
    }

    String version(Component component) {
        return props.releases().image(component.image()).version().toString();
    }

    Resources resources(Component component) {
        return props.sizes().of(component);
    }

    /**
     * Only the two whose pages people open through the gateway: their callers have sidecars, so that the way to them is
     * encrypted. The others are called by pods without one, which a STRICT sidecar would turn away (incident I2), and
     * Prometheus scrapes in plaintext a port that no sidecar captures.
     */
    boolean inMesh(Component component) {
        return component == Component.GRAFANA || component == Component.KIALI;
    }
}
