package io.meshwright.construct.observability.settings;

import io.meshwright.value.Require;
import io.meshwright.value.telemetry.Sensitivity;
import java.util.List;
import java.util.stream.Stream;

/**
 * The services that are held against their own past.
 *
 * @param minimumRequests requests per minute below which a service is too quiet to be judged
 */
public record Anomalies(List<WatchedService> services, int minimumRequests) {
    public Anomalies {
        services = List.copyOf(Require.notEmpty("services", services));
        Require.inRange("minimumRequests", minimumRequests, 1, 100_000);
    }

    /** Those that are watched with this sensitivity. */
    public List<WatchedService> with(Sensitivity sensitivity) {
        return services.stream()
                .filter(service -> service.sensitivity() == sensitivity)
                .toList();
    }

    /** The sensitivities that some service has. */
    public Stream<Sensitivity> sensitivities() {
        return Stream.of(Sensitivity.values()).filter(each -> !with(each).isEmpty());
    }
}
