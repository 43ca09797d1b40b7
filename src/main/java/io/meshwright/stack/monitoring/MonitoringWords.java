package io.meshwright.stack.monitoring;

import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.environment.Observability;
import io.meshwright.environment.ToolStorage;

/** Finds the constructs' tool or program for each word of an environment file. */
public final class MonitoringWords {
    private MonitoringWords() {}

    static Tool tool(Observability.Tool word) {
        return switch (word) {
            case GRAFANA -> Tool.GRAFANA;
            case PROMETHEUS -> Tool.PROMETHEUS;
            case ALERTMANAGER -> Tool.ALERTMANAGER;
            case JAEGER -> Tool.JAEGER;
            case KIALI -> Tool.KIALI;
        };
    }

    /** The program whose pods a word of {@code resources} is for. */
    public static Component program(Observability.Program word) {
        return switch (word) {
            case PROMETHEUS -> Component.PROMETHEUS;
            case ALERTMANAGER -> Component.ALERTMANAGER;
            case GRAFANA -> Component.GRAFANA;
            case LOKI -> Component.LOKI;
            case JAEGER -> Component.JAEGER;
            case KIALI -> Component.KIALI;
            case OTEL_COLLECTOR -> Component.OTEL_COLLECTOR;
            case KUBE_STATE_METRICS -> Component.KUBE_STATE_METRICS;
            case LOG_AGENT -> Component.LOG_AGENT;
            case NODE_EXPORTER -> Component.NODE_EXPORTER;
            case GRAFANA_BACKUP -> Component.GRAFANA_BACKUP;
        };
    }

    /** The program whose claim a volume is. */
    static Component owner(ToolStorage.Volume volume) {
        return switch (volume) {
            case PROMETHEUS -> Component.PROMETHEUS;
            case GRAFANA -> Component.GRAFANA;
            case LOKI -> Component.LOKI;
            case JAEGER -> Component.JAEGER;
            case ALERTMANAGER -> Component.ALERTMANAGER;
            case BACKUPS -> Component.GRAFANA_BACKUP;
        };
    }
}
