package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.extension.PatchEffect.Limit;
import io.meshwright.mesh.extension.PatchEffect.Nothing;
import io.meshwright.mesh.extension.PatchEffect.Unknown;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effects of EnvoyFilters on a request: the common ones are known, and everything else is unknown (istio.io,
 * EnvoyFilter; envoyproxy.io, v3 API).
 */
public final class PatchEffects {
    /** Of what nothing is known. */
    public static final Unknown NOT_FOLLOWED = new Unknown("in a way that is not followed");

    private static final Unknown REFUSED =
            new Unknown("has a value that Envoy refuses, so that only what was there before counts,");

    private static final Nothing HARMLESSLY = new Nothing("changes nothing that decides");

    private static final List<Kind> ASKING = List.of(
            Kind.VIRTUAL_SERVICE,
            Kind.DESTINATION_RULE,
            Kind.AUTHORIZATION_POLICY,
            Kind.REQUEST_AUTHENTICATION,
            Kind.HTTP_ROUTE,
            Kind.GRPC_ROUTE);

    // Fields that decide nothing about a single request that is answered in time, by what is patched.
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            "CLUSTER",
            Set.of(
                    "name",
                    "connect_timeout",
                    "per_connection_buffer_limit_bytes",
                    "upstream_connection_options",
                    "dns_refresh_rate",
                    "respect_dns_ttl",
                    "track_cluster_stats",
                    "alt_stat_name"),
            "LISTENER",
            Set.of("per_connection_buffer_limit_bytes", "tcp_backlog_size", "access_log", "connection_balance_config"),
            "BOOTSTRAP",
            Set.of("stats_config", "stats_flush_interval", "stats_sinks"),
            "NETWORK_FILTER",
            Set.of(
                    "@type",
                    "stat_prefix",
                    "access_log",
                    "tracing",
                    "server_name",
                    "server_header_transformation",
                    "generate_request_id",
                    "preserve_external_request_id",
                    "always_set_request_id_in_response",
                    "drain_timeout",
                    "delayed_close_timeout",
                    "local_reply_config",
                    "via"),
            "VIRTUAL_HOST",
            Set.of(
                    "name",
                    "rate_limits",
                    "include_request_attempt_count",
                    "response_headers_to_add",
                    "response_headers_to_remove"),
            "HTTP_ROUTE",
            Set.of("name", "stat_prefix", "response_headers_to_add", "response_headers_to_remove"),
            "route",
            Set.of("rate_limits"));

    private static final Set<String> PUTTING = Set.of("ADD", "INSERT_FIRST", "INSERT_BEFORE", "INSERT_AFTER");

    private static final Set<String> TELEMETRY_FILTERS = Set.of("istio.stats", "envoy.filters.http.grpc_stats");

    private final Manifests manifests;
    private final Map<String, Boolean> asked = new ConcurrentHashMap<>();
    private final Map<ProxyPatch, Boolean> refused = new ConcurrentHashMap<>();
    private @Nullable List<String> askingTexts;

    public PatchEffects(Manifests manifests) {
        this.manifests = manifests;
    }

    /** Everything that a patch does to a request that passes it; at least one. */
    public List<PatchEffect> of(ProxyPatch patch, HttpRequest request) {
        if (patch.isIgnored()) {
            return List.of(new Nothing("is ignored by Istio"));
        }
        if (refused.computeIfAbsent(patch, each -> !RefusedValues.of(each).isEmpty())) {
            return List.of(REFUSED);
        }
        JsonNode value = patch.value();
        return switch (patch.target()) {
            case "HTTP_FILTER", "EXTENSION_CONFIG" -> List.of(filter(patch, request));
            case "NETWORK_FILTER" -> network(patch);
            case "CLUSTER" ->
                patch.operation().equals("ADD")
                        ? List.of(new Nothing("adds a cluster"))
                        : (patch.operation().equals("MERGE") ? cluster(value) : List.of(NOT_FOLLOWED));
            case "LISTENER", "BOOTSTRAP" ->
                patch.operation().equals("MERGE") ? fields(patch.target(), value) : List.of(NOT_FOLLOWED);
            case "VIRTUAL_HOST", "HTTP_ROUTE" -> routes(patch, request);
            default -> List.of(NOT_FOLLOWED);
        };
    }

    private static List<PatchEffect> cluster(JsonNode value) {
        return IstioTelemetry.isAll(value) ? List.of(FilterEffects.TELEMETRY) : fields("CLUSTER", value);
    }

    private static List<PatchEffect> network(ProxyPatch patch) {
        JsonNode value = patch.value();
        if (PUTTING.contains(patch.operation()) && IstioTelemetry.is(value)) {
            return List.of(FilterEffects.TELEMETRY);
        }
        return patch.operation().equals("MERGE") && value.toString().contains("HttpConnectionManager")
                ? manager(EnvoyFields.of(value, "typed_config"))
                : List.of(NOT_FOLLOWED);
    }

    private PatchEffect filter(ProxyPatch patch, HttpRequest request) {
        if (patch.operation().equals("REMOVE")) {
            JsonNode match = patch.source().value().at("/match/listener/filterChain/filter");
            boolean telemetry =
                    TELEMETRY_FILTERS.contains(match.at("/subFilter/name").asText(""));
            return telemetry ? new Nothing("takes telemetry out") : NOT_FOLLOWED;
        }
        // What is replaced is gone, whatever takes its place.
        return patch.operation().equals("REPLACE")
                ? NOT_FOLLOWED
                : FilterEffects.of(patch.value(), request, this::isAsked);
    }

    private List<PatchEffect> routes(ProxyPatch patch, HttpRequest request) {
        JsonNode value = patch.value();
        if (!patch.operation().equals("MERGE")) {
            return List.of(NOT_FOLLOWED);
        }
        Stream<PatchEffect> rest = Fields.entries(value).stream()
                .filter(entry -> !isPerRoute(entry.getKey()))
                .flatMap(entry -> entry.getKey().equals("route")
                        ? fields("route", entry.getValue()).stream()
                        : Stream.of(field(patch.target(), entry)));
        Stream<PatchEffect> configs =
                FilterEffects.perRoute(EnvoyFields.of(value, "typed_per_filter_config"), request, this::isAsked);
        return Stream.concat(configs, rest).toList();
    }

    private static boolean isPerRoute(String key) {
        return Set.of("typed_per_filter_config", "typedPerFilterConfig").contains(key);
    }

    // Pages for the proxy's own answers change no status, unless they say so (http_connection_manager.proto,
    // LocalReplyConfig).
    private static List<PatchEffect> manager(JsonNode config) {
        JsonNode replies = EnvoyFields.of(config, "local_reply_config");
        boolean status = Fields.items(EnvoyFields.of(replies, "mappers")).stream()
                .anyMatch(mapper -> EnvoyFields.of(mapper, "status_code").isValueNode());
        if (status) {
            return List.of(new Unknown("changes the status of the proxy's own answers"));
        }
        List<PatchEffect> rest = fields("NETWORK_FILTER", config);
        return replies.isObject() && rest.equals(List.of(HARMLESSLY))
                ? List.of(new Nothing("gives the proxy's own answers other bodies"))
                : rest;
    }

    /** The one field of which nothing is known, or else what the others do. */
    private static List<PatchEffect> fields(String target, JsonNode value) {
        List<PatchEffect> effects = Fields.entries(value).stream()
                .map(entry -> field(target, entry))
                .filter(effect -> !effect.equals(HARMLESSLY))
                .toList();
        return effects.stream()
                .filter(Unknown.class::isInstance)
                .findFirst()
                .map(List::of)
                .orElse(effects.isEmpty() ? List.of(HARMLESSLY) : effects);
    }

    private static PatchEffect field(String target, Map.Entry<String, JsonNode> entry) {
        String name = EnvoyFields.name(entry.getKey());
        Optional<PatchEffect> time = switch (target) {
            case "NETWORK_FILTER" -> TimeLimits.ofManager(name, entry.getValue());
            case "CLUSTER" -> TimeLimits.ofCluster(name, entry.getValue());
            case "route" -> TimeLimits.ofRoute(name, entry.getValue());
            default -> Optional.empty();
        };
        if (time.isPresent()) {
            return time.get();
        }
        if (!HARMLESS.getOrDefault(target, Set.of()).contains(name)) {
            return NOT_FOLLOWED;
        }
        return name.equals("rate_limits")
                ? new Limit("a rate limit may answer 429 when there are too many requests")
                : HARMLESSLY;
    }

    /** True if the name of the header stands in any object that asks requests for something. */
    private boolean isAsked(String header) {
        return asked.computeIfAbsent(header, name -> askingTexts().stream().anyMatch(text -> text.contains(name)));
    }

    /** In small letters; made once, since traces of many requests ask about a header each. */
    private synchronized List<String> askingTexts() {
        if (askingTexts == null) {
            askingTexts = ASKING.stream()
                    .flatMap(kind -> manifests.kind(kind).stream())
                    .map(manifest -> manifest.body().toString().toLowerCase(Locale.ROOT))
                    .toList();
        }
        return askingTexts;
    }
}
