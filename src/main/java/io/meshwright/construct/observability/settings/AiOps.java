package io.meshwright.construct.observability.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operations that look ahead and are on.
 *
 * @param forecasts whether somebody is told of what will run out
 * @param scaledAhead services that autoscalers prepare for the load of last week
 * @param logs what is done with log lines
 * @param healing processes that act when they are told of an alert
 * @param kialiChat the model that Kiali's chat asks; empty: it has none
 */
public record AiOps(
        Optional<Anomalies> anomalies,
        boolean forecasts,
        List<ScaledAhead> scaledAhead,
        Logs logs,
        Optional<Healing> healing,
        Optional<KialiChat> kialiChat) {
    public AiOps {
        scaledAhead = List.copyOf(scaledAhead);
    }

    /** Without healing and without Kiali's chat. */
    public AiOps(Optional<Anomalies> anomalies, boolean forecasts, List<ScaledAhead> scaledAhead, Logs logs) {
        this(anomalies, forecasts, scaledAhead, logs, Optional.empty(), Optional.empty());
    }

    public static AiOps none() {
        return new AiOps(Optional.empty(), false, List.of(), Logs.plain());
    }

    /** True if something is raised of single services beside what they promise. */
    public boolean warnsOfServices() {
        return anomalies.isPresent() || logs.alerts().isPresent();
    }

    /** Processes that Alertmanager tells of single alerts. */
    public List<Healing.Process> healers() {
        return healing.map(Healing::processes).orElse(List.of());
    }

    /** Services whose lines Loki counts. */
    public Set<LoggingService> counted() {
        Set<LoggingService> counted = new LinkedHashSet<>();
        anomalies.ifPresent(watched -> watched.services().stream()
                .map(service -> new LoggingService(service.namespace(), service.name(), service.app()))
                .forEach(counted::add));
        logs.alerts().ifPresent(alerts -> counted.addAll(alerts.services()));
        return counted;
    }
}
