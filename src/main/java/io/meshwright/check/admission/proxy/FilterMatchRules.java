package io.meshwright.check.admission.proxy;

import io.meshwright.check.admission.field.Field;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules for the filter of a listener a patch is for. */
final class FilterMatchRules {
    private static final String MANAGER = "envoy.filters.network.http_connection_manager";
    private static final Set<String> MANAGERS = Set.of(MANAGER, "envoy.http_connection_manager");
    private static final Map<String, String> OLD = Map.ofEntries(
            Map.entry("envoy.buffer", "http.buffer"),
            Map.entry("envoy.cors", "http.cors"),
            Map.entry("envoy.csrf", "http.csrf"),
            Map.entry("envoy.http_dynamo_filter", "http.dynamo"),
            Map.entry("envoy.ext_authz", "http.ext_authz"),
            Map.entry("envoy.fault", "http.fault"),
            Map.entry("envoy.grpc_http1_bridge", "http.grpc_http1_bridge"),
            Map.entry("envoy.grpc_json_transcoder", "http.grpc_json_transcoder"),
            Map.entry("envoy.grpc_web", "http.grpc_web"),
            Map.entry("envoy.gzip", "http.gzip"),
            Map.entry("envoy.health_check", "http.health_check"),
            Map.entry("envoy.ip_tagging", "http.ip_tagging"),
            Map.entry("envoy.lua", "http.lua"),
            Map.entry("envoy.rate_limit", "http.ratelimit"),
            Map.entry("envoy.router", "http.router"),
            Map.entry("envoy.squash", "http.squash"),
            Map.entry("envoy.listener.http_inspector", "listener.http_inspector"),
            Map.entry("envoy.listener.original_dst", "listener.original_dst"),
            Map.entry("envoy.listener.original_src", "listener.original_src"),
            Map.entry("envoy.listener.proxy_protocol", "listener.proxy_protocol"),
            Map.entry("envoy.listener.tls_inspector", "listener.tls_inspector"),
            Map.entry("envoy.client_ssl_auth", "network.client_ssl_auth"),
            Map.entry("envoy.http_connection_manager", "network.http_connection_manager"),
            Map.entry("envoy.mongo_proxy", "network.mongo_proxy"),
            Map.entry("envoy.ratelimit", "network.ratelimit"),
            Map.entry("envoy.redis_proxy", "network.redis_proxy"),
            Map.entry("envoy.tcp_proxy", "network.tcp_proxy"));

    private FilterMatchRules() {}

    static void examine(Field filter, String to) {
        if (!filter.isSet()) {
            return;
        }
        if (Set.of("LISTENER", "FILTER_CHAIN").contains(to)) {
            filter.warn("a patch of a whole %s is not matched by a filter".formatted(to), "Remove filter.");
        }
        Field below = filter.at("subFilter");
        if (filter.at("name").isEmpty()) {
            filter.refuse("the filter that is matched has no name", "Write name.");
        } else if (below.isSet() && !to.equals("HTTP_FILTER")) {
            below.refuse("only a patch of HTTP_FILTER is matched by a filter within another", "Remove subFilter.");
        } else if (below.isSet() && !MANAGERS.contains(filter.at("name").text())) {
            below.refuse(
                    "\"%s\" has no filters of its own"
                            .formatted(filter.at("name").text()),
                    "Write name: %s.".formatted(MANAGER));
        } else if (below.isSet() && below.at("name").isEmpty()) {
            below.refuse("the filter that is matched has no name", "Write subFilter.name.");
        } else {
            old(filter.at("name"));
            old(below.at("name"));
        }
    }

    private static void old(Field name) {
        Optional.ofNullable(OLD.get(name.text()))
                .ifPresent(today -> name.warn(
                        "\"%s\" is an old name of the filter".formatted(name.text()),
                        "Write envoy.filters.%s.".formatted(today)));
    }
}
