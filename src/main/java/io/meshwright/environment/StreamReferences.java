package io.meshwright.environment;

import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Whether streams of the gateway beat often enough for those who stand between it and the client (incident I3). */
final class StreamReferences {
    private final SortedMap<String, Duration> silences;
    private final Map<Name, Service> services;

    StreamReferences(Cluster cluster, Map<Name, Service> services) {
        this.silences = cluster.silences();
        this.services = services;
    }

    List<InvalidValue> refusals() {
        List<InvalidValue> refusals = new ArrayList<>();
        services.forEach((name, service) -> {
            for (int i = 0; i < service.routes().size(); i++) {
                if (service.routes().get(i).streams()
                        && !service.isInner(service.routes().get(i), name)) {
                    route(
                            KeyPath.of("services")
                                    .key(name.toString())
                                    .key("routes")
                                    .index(i),
                            service.routes().get(i),
                            refusals);
                }
            }
        });
        return refusals;
    }

    private void route(KeyPath path, Route route, List<InvalidValue> refusals) {
        Duration beat = route.stream().heartbeat();
        silences.forEach((who, silence) -> {
            if (beat.compareTo(silence) >= 0) {
                refusals.add(new InvalidValue(
                        path.key("stream").key("heartbeat").toString(),
                        "\"%s\" is not shorter than %s, after which %s closes a quiet stream"
                                .formatted(beat, silence, who),
                        "let the application send something more often, and say how often"));
            }
        });
    }
}
