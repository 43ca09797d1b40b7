package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The fields of ProxyConfig, as injection reads them from an annotation: one that it does not know, or whose value is
 * of another type, ends the injection (istio/api, mesh/v1alpha1/proxy.proto; pkg/config/mesh, MergeProxyConfig).
 */
final class ProxySettings {
    /** A type of values, and what is said of one that is not of it. */
    private enum Type {
        TEXT("is no text; put it in quotes", JsonNode::isTextual),
        // A number may stand in quotes.
        NUMBER(
                "is no number",
                value -> Fields.number(value).isPresent() || value.asText("").matches("\\d{1,9}")),
        TRUTH("is neither true nor false, without quotes", JsonNode::isBoolean),
        DURATION(
                "is no duration such as 30s",
                value -> value.isTextual() && value.asText().matches("(\\d+(\\.\\d+)?(h|ms|m|s))+")),
        TEXTS("is no mapping of texts", JsonNode::isObject),
        LIST("is no list", JsonNode::isArray),
        MAPPING("is no mapping", JsonNode::isObject),
        WORD("is no word", value -> value.isTextual() || value.isInt());

        private final String words;
        private final Predicate<JsonNode> holds;

        Type(String words, Predicate<JsonNode> holds) {
            this.words = words;
            this.holds = holds;
        }
    }

    private static final Map<String, Type> TYPES = new TreeMap<>();

    static {
        put(
                Type.TEXT,
                "config_path binary_path service_cluster discovery_address zipkin_address statsd_udp_address"
                        + " envoy_metrics_service_address availability_zone custom_config_file"
                        + " proxy_bootstrap_template_path mesh_id");
        put(Type.NUMBER, "proxy_admin_port stat_name_length concurrency status_port file_flush_min_size_kb");
        put(Type.TRUTH, "hold_application_until_proxy_starts stats_compression");
        put(Type.DURATION, "drain_duration discovery_refresh_delay termination_drain_duration file_flush_interval");
        put(Type.TEXTS, "proxy_metadata runtime_values");
        put(Type.LIST, "extra_stat_tags ca_certificates_pem");
        put(Type.WORD, "tracing_service_name control_plane_auth_policy interception_mode");
        put(
                Type.MAPPING,
                "tracing sds envoy_access_log_service envoy_metrics_service gateway_topology readiness_probe"
                        + " proxy_stats_matcher image private_key_provider proxy_headers connection_settings");
    }

    private ProxySettings() {}

    private static void put(Type type, String names) {
        Stream.of(names.split(" ")).forEach(name -> TYPES.put(name, type));
    }

    /** The first fault of the settings, as the end of a sentence. */
    static Optional<String> flaw(JsonNode settings) {
        return settings.properties().stream()
                .flatMap(field -> flaw(field.getKey(), field.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> flaw(String name, JsonNode value) {
        Type type = TYPES.get(snake(name));
        if (type == null) {
            return Optional.of("has \"%s\", which is no setting of a proxy".formatted(name));
        }
        if (value.isNull()) {
            return Optional.empty();
        }
        if (!type.holds.test(value)) {
            return Optional.of("has %s, which %s".formatted(name, type.words));
        }
        return type != Type.TEXTS
                ? Optional.empty()
                : value.properties().stream()
                        .filter(entry -> !entry.getValue().isTextual())
                        .findFirst()
                        .map(entry -> "has %s.%s, which %s".formatted(name, entry.getKey(), Type.TEXT.words));
    }

    /** Both forms of a name count, as in every message of protobuf. */
    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
