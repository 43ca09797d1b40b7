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
 * @param kialiChat the model that Kiali's chat asks; empty: it has none
 */
public record AiOps(
        Optional<Anomalies> anomalies,
        boolean forecasts,
        List<ScaledAhead> scaledAhead,
        Logs logs,
        Optional<KialiChat> kialiChat) {
    public AiOps {
        scaledAhead = List.copyOf(scaledAhead);
    }

    /** Without Kiali's chat. */
    public AiOps(Optional<Anomalies> anomalies, boolean forecasts, List<ScaledAhead> scaledAhead, Logs logs) {
        this(anomalies, forecasts, scaledAhead, logs, Optional.empty());
    }

    public static AiOps none() {
        return new AiOps(Optional.empty(), false, List.of(), Logs.plain());
    }

    /** True if something is raised of single services beside what they promise. */
    public boolean warnsOfServices() {
        return anomalies.isPresent() || logs.alerts().isPresent();
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
