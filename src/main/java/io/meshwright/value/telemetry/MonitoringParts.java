package io.meshwright.value.telemetry;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of monitoring: of each program whether it is one of ours, somebody else's, or nobody's.
 *
 * @param prometheus with Alertmanager and the exporters of objects and nodes; null: ours
 * @param grafana with its backup; null: ours
 * @param loki with the agents that read the nodes' files; null: ours
 * @param jaeger null: ours
 * @param kiali whether it runs, where there are metrics to draw
 * @param remoteWrite stores to which a Prometheus of ours writes too, by names of their own
 */
public record MonitoringParts(
        @Nullable PrometheusPart prometheus,
        @Nullable GrafanaPart grafana,
        @Nullable LokiPart loki,
        @Nullable JaegerPart jaeger,
        boolean kiali,
        Map<Name, RemoteWrite> remoteWrite) {
    public MonitoringParts {
        remoteWrite = new LinkedHashMap<>(remoteWrite);
    }

    /** Every program is one of ours. */
    public static MonitoringParts ours() {
        return new MonitoringParts(null, null, null, null, true, Map.of());
    }

    public boolean runsPrometheus() {
        return prometheus == null;
    }

    /** True if somebody has the metrics, we or others. */
    public boolean hasMetrics() {
        return !(prometheus instanceof Absent);
    }

    public boolean runsGrafana() {
        return grafana == null;
    }

    /** True if somebody shows dashboards, we or others. */
    public boolean hasDashboards() {
        return !(grafana instanceof Absent);
    }

    public boolean runsLoki() {
        return loki == null;
    }

    /** True if somebody keeps log lines, we or others. */
    public boolean hasLogs() {
        return !(loki instanceof Absent);
    }

    /** True if agents of ours read the log files of the nodes. */
    public boolean readsLogs() {
        if (loki instanceof LokiPart.Existing existing) {
            return existing.agent();
        }
        return loki instanceof LokiPart.Outside outside ? outside.agent() : loki == null;
    }

    public boolean runsJaeger() {
        return jaeger == null;
    }

    /** True if somebody keeps spans, we or others. */
    public boolean hasTraces() {
        return !(jaeger instanceof Absent);
    }

    /** True if a collector of ours takes spans and lines from proxies and applications. */
    public boolean collects() {
        return hasTraces() || hasLogs();
    }

    public boolean runsKiali() {
        return kiali && hasMetrics();
    }

    /** True if programs of ours run on every node. */
    public boolean runsOnNodes() {
        return runsPrometheus() || readsLogs();
    }

    /** True if nothing is run and nothing is handed to others. */
    public boolean areNone() {
        return !hasMetrics() && !hasDashboards() && !collects();
    }

    /** The Prometheus of others. */
    public Optional<PrometheusPart.Existing> existingPrometheus() {
        return Optional.ofNullable(prometheus instanceof PrometheusPart.Existing existing ? existing : null);
    }

    /** The Grafana of others. */
    public Optional<GrafanaPart.Existing> existingGrafana() {
        return Optional.ofNullable(grafana instanceof GrafanaPart.Existing existing ? existing : null);
    }

    /** Returns the word by which dashboards know a data source. */
    public String dataSource(GrafanaPart.Source source) {
        String own = Require.present("source", source).name().toLowerCase(Locale.ROOT);
        return existingGrafana()
                .map(grafana -> grafana.dataSources().get(source))
                .map(Object::toString)
                .orElse(own);
    }
}
