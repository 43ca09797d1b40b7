package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.Port;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.telemetry.JaegerPart;
import io.meshwright.value.telemetry.LokiPart;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The stores outside the cluster to which collectors send, with the headers that only they may know. */
public record OutsideStores(Optional<Store> logs, Optional<Store> traces) {
    public static OutsideStores of(MonitoringParts parts) {
        return new OutsideStores(
                parts.loki() instanceof LokiPart.Outside outside
                        ? Optional.of(new Store("LOGS", outside.url(), outside.headers()))
                        : Optional.empty(),
                parts.jaeger() instanceof JaegerPart.Outside outside
                        ? Optional.of(new Store("TRACES", outside.url(), outside.headers()))
                        : Optional.empty());
    }

    /** Those to which one program sends: spans come to the collector alone. */
    public List<Store> calledBy(Component component) {
        return switch (component) {
            case OTEL_COLLECTOR ->
                Stream.of(logs, traces).flatMap(Optional::stream).toList();
            case LOG_AGENT -> logs.stream().toList();
            default -> List.of();
        };
    }

    /** Keys of Secrets by the variables of one program's container that hold them. */
    public Map<String, SecretRef> secrets(Component component) {
        Map<String, SecretRef> secrets = new TreeMap<>();
        calledBy(component)
                .forEach(store ->
                        store.headers().forEach((header, secret) -> secrets.put(store.variable(header), secret)));
        return secrets;
    }

    /**
     * One store.
     *
     * @param name by which variables are told apart
     * @param headers of each request, by name
     */
    public record Store(String name, Url url, Map<String, SecretRef> headers) {
        public Port port() {
            return url.port();
        }

        /** The address without a slash at its end. */
        String address() {
            return url.toString().replaceFirst("/+$", "");
        }

        /** Headers as a collector's file writes them: a value stands in a variable of its container. */
        Section headersInto(Section exporter) {
            SortedMap<String, String> written = new TreeMap<>();
            headers.keySet().forEach(header -> written.put(header, "${env:%s}".formatted(variable(header))));
            return exporter.withAny("headers", written);
        }

        private String variable(String header) {
            return "%s_%s".formatted(name, header.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
