package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.extension.PatchEffect.Limit;
import io.meshwright.mesh.extension.PatchEffect.Nothing;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times after which a proxy ends a request or a connection, which Istio leaves off and EnvoyFilters set
 * (http_connection_manager.proto, protocol.proto, route_components.proto). They end nothing that is answered in time.
 */
final class TimeLimits {
    private static final String SILENT =
            "a request or stream in which nothing moves for %s ends (408, or 504 once the" + " request is whole)";
    private static final String WHOLE = "a request ends after %s (408, or 504 once it is whole)";
    private static final String OPTIONS = "common_http_protocol_options";

    private static final Map<String, String> OF_MANAGER = Map.of(
            "stream_idle_timeout",
            SILENT,
            "request_timeout",
            "a request that is not whole after %s ends (408)",
            "request_headers_timeout",
            "a request whose headers are not whole after %s ends (408)");
    private static final Map<String, String> OF_ROUTE = Map.of("idle_timeout", SILENT);

    private TimeLimits() {}

    /** The effect of a field of an HTTP connection manager; empty if it is no time. */
    static Optional<PatchEffect> ofManager(String field, JsonNode value) {
        return field.equals(OPTIONS)
                ? ofOptions(value, Map.of("max_stream_duration", WHOLE))
                : limit(OF_MANAGER.get(field), value);
    }

    /** The effect of a field of a route's action; empty if it is no time. */
    static Optional<PatchEffect> ofRoute(String field, JsonNode value) {
        return limit(OF_ROUTE.get(field), value);
    }

    /** The effect of a field of a cluster; empty if it is no time. */
    static Optional<PatchEffect> ofCluster(String field, JsonNode value) {
        return field.equals(OPTIONS) ? ofOptions(value, Map.of()) : Optional.empty();
    }

    // A connection that no request uses is opened anew for the next one.
    private static Optional<PatchEffect> ofOptions(JsonNode options, Map<String, String> limits) {
        boolean known = Fields.entries(options).stream()
                .map(entry -> EnvoyFields.name(entry.getKey()))
                .allMatch(name -> name.equals("idle_timeout")
                        || name.equals("max_connection_duration")
                        || limits.containsKey(name));
        return !known || options.isEmpty()
                ? Optional.empty()
                : limits.entrySet().stream()
                        .flatMap(entry -> limit(entry.getValue(), EnvoyFields.of(options, entry.getKey())).stream())
                        .findFirst()
                        .or(() -> Optional.of(new Nothing("says how long connections stay open")));
    }

    private static Optional<PatchEffect> limit(@Nullable String sentence, JsonNode value) {
        return Optional.ofNullable(sentence)
                .filter(any -> value.isTextual())
                .map(words -> value.asText().matches("0(\\.0+)?s")
                        ? new Nothing("lets requests take as long as they like")
                        : new Limit(words.formatted(value.asText())));
    }
}
