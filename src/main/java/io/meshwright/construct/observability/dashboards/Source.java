package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.value.telemetry.GrafanaPart;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.Locale;

/** A store that Grafana asks. */
public enum Source {
    PROMETHEUS,
    LOKI,
    JAEGER;

    /** Type of the data source. */
    public String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fixed {@code uid} by which dashboards and links refer to it; in a Grafana of others the one that it has. */
    public String uid(MonitoringParts parts) {
        return parts.dataSource(GrafanaPart.Source.valueOf(name()));
    }

    Tool tool() {
        return switch (this) {
            case PROMETHEUS -> Tool.PROMETHEUS;
            case LOKI -> Tool.LOKI;
            case JAEGER -> Tool.JAEGER;
        };
    }
}
