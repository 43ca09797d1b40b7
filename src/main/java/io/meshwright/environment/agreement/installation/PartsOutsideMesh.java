package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.telemetry.InCluster;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.telemetry.RemoteWrite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Programs of monitoring that others run have no sidecar where this file decides: scrapes, lines and spans go in plain
 * text, because the programs of ours at the other end have none.
 */
public final class PartsOutsideMesh implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return places(environment.observability().parts()).entrySet().stream()
                .filter(place -> isInjected(environment.namespaces().get(place.getValue())))
                .map(place -> new InvalidValue(
                        place.getKey().key("namespace"),
                        "\"%s\" is injected, and monitoring speaks plain text with what runs there"
                                .formatted(place.getValue()),
                        "write inject: false in namespaces.%s".formatted(place.getValue())))
                .toList();
    }

    static Map<KeyPath, Name> places(MonitoringParts parts) {
        KeyPath all = KeyPath.of("observability");
        Map<KeyPath, Name> places = new LinkedHashMap<>();
        part(all.key("prometheus"), parts.prometheus(), places);
        part(all.key("loki"), parts.loki(), places);
        part(all.key("jaeger"), parts.jaeger(), places);
        parts.remoteWrite().forEach((name, store) -> {
            if (store instanceof RemoteWrite.Existing existing) {
                places.put(all.key("remoteWrite").key(name.toString()), existing.namespace());
            }
        });
        return places;
    }

    private static void part(KeyPath at, @Nullable Object part, Map<KeyPath, Name> places) {
        if (part instanceof InCluster existing) {
            places.put(at, existing.namespace());
        }
    }

    private static boolean isInjected(@Nullable NamespaceSettings settings) {
        return settings != null && settings.inject();
    }
}
