package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What EnvoyFilters and WasmPlugins do to the end of a request. */
class ExtensionsTest {
    private static final String ROUTES = routes("[{route: [{destination: {host: web}}]}]");
    private static final String TYPE = "'@type': type.googleapis.com/envoy.extensions.filters.http.";

    private static String patch(String namespace, String match, String applyTo, String patch) {
        return """
            ---
            {apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter, metadata: {name: it, namespace: %s},
             spec: {configPatches: [{applyTo: %s, match: {%s}, patch: %s}]}}
            """.formatted(namespace, applyTo, match, patch);
    }

    private static String atGateway(String config) {
        return patch(
                "istio-ingress",
                "context: GATEWAY",
                "HTTP_FILTER",
                "{operation: INSERT_BEFORE, value: {name: it, typed_config: {%s}}}".formatted(config));
    }

    private static Verdict get(String... more) {
        return shop(ROUTES, String.join("\n", more))
                .request("GET", "http://shop.example.org/")
                .verdict();
    }

    private static void assertUnknown(Verdict verdict, String why) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local_ratelimit.v3.LocalRateLimit, stat_prefix: a",
                "ratelimit.v3.RateLimit, domain: a, rate_limit_service: {transport_api_version: V3, grpc_service: {envoy_grpc: {cluster_name: a}}}",
                "buffer.v3.Buffer, max_request_bytes: 1000",
                "compressor.v3.Compressor, compressor_library: {name: gzip, typed_config: {'@type': type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip}}",
                "decompressor.v3.Decompressor, decompressor_library: {name: gzip, typed_config: {'@type': type.googleapis.com/envoy.extensions.compression.gzip.decompressor.v3.Gzip}}",
                "grpc_stats.v3.FilterConfig, stats_for_all_methods: true",
                "header_to_metadata.v3.Config, request_rules: [{header: a, on_header_present: {key: a}}]",
                "header_mutation.v3.HeaderMutation, mutations: {response_mutations: [{remove: server}]}",
                "header_mutation.v3.HeaderMutation, mutations: {request_mutations: [{remove: x-debug}]}"
            })
    void common_filters_change_no_end(String config) {
        assertThat(get(atGateway(TYPE.concat(config))).isDelivered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP_FILTER | INSERT_BEFORE | http.wasm.v3.Wasm | envoy.wasm.runtime.null | envoy.wasm.stats | true",
                "NETWORK_FILTER | INSERT_BEFORE | network.wasm.v3.Wasm | envoy.wasm.runtime.null | envoy.wasm.stats | true",
                "HTTP_FILTER | INSERT_BEFORE | http.wasm.v3.Wasm | envoy.wasm.runtime.v8 | envoy.wasm.stats | false",
                "HTTP_FILTER | INSERT_BEFORE | http.wasm.v3.Wasm | envoy.wasm.runtime.null | my.own | false",
                "NETWORK_FILTER | REPLACE | network.wasm.v3.Wasm | envoy.wasm.runtime.null | envoy.wasm.stats | false"
            })
    void filters_of_istios_own_that_measure_change_no_end(
            String target, String operation, String type, String runtime, String code, boolean delivered) {
        String value =
                "{operation: %s, value: {name: istio.stats, typed_config: {'@type': type.googleapis.com/udpa.type.v1.TypedStruct, type_url: type.googleapis.com/envoy.extensions.filters.%s, value: {config: {root_id: stats, vm_config: {vm_id: stats, runtime: %s, code: {local: {inline_string: %s}}}}}}}}"
                        .formatted(operation, type, runtime, code);

        assertThat(get(patch("istio-ingress", "context: GATEWAY", target, value))
                        .isDelivered())
                .isEqualTo(delivered);
    }

    @ParameterizedTest
    @CsvSource({
        "type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange, true",
        "type.googleapis.com/x.Y, false"
    })
    void clusters_may_exchange_metadata(String type, boolean delivered) {
        String value =
                "{operation: MERGE, value: {filters: [{name: istio.metadata_exchange, typed_config: {'@type': type.googleapis.com/udpa.type.v1.TypedStruct, type_url: %s, value: {protocol: istio-peer-exchange}}}]}}"
                        .formatted(type);

        assertThat(get(patch("istio-ingress", "context: GATEWAY", "CLUSTER", value))
                        .isDelivered())
                .isEqualTo(delivered);
    }

    @Test
    void a_limit_is_told_with_its_answer() {
        String limit = TYPE.concat("local_ratelimit.v3.LocalRateLimit, stat_prefix: a, status: {code: 503}");
        String typed = "'@type': type.googleapis.com/udpa.type.v1.TypedStruct, type_url: type.googleapis.com/"
                + "envoy.extensions.filters.http.buffer.v3.Buffer, value: {maxRequestBytes: 7}";

        assertThat(shop(ROUTES, atGateway(limit).concat(atGateway(typed).replace("name: it,", "name: other,")))
                        .request("GET", "http://shop.example.org/")
                        .path()
                        .hops())
                .flatExtracting(hop -> hop.steps())
                .extracting(step -> step.what())
                .contains(
                        "a local rate limit may answer 503 when there are too many requests",
                        "a buffer answers 413 to requests of more than 7 bytes");
    }

    @Test
    void what_runs_code_or_decides_is_unknown_and_says_so() {
        assertUnknown(get(atGateway(TYPE.concat("lua.v3.Lua"))), "runs Lua code");
        assertUnknown(get(atGateway(TYPE.concat("wasm.v3.Wasm"))), "runs code");
        assertUnknown(get(atGateway(TYPE.concat("ext_authz.v3.ExtAuthz"))), "asks an external authorizer");
        assertUnknown(get(atGateway(TYPE.concat("fault.v3.HTTPFault"))), "injects faults");
        assertUnknown(get(atGateway(TYPE.concat("new_thing.v3.NewThing"))), "in a way that is not followed");
        assertUnknown(
                get(
                        atGateway(
                                TYPE.concat(
                                        "ratelimit.v3.RateLimit, domain: a, failure_mode_deny: true, rate_limit_service: {grpc_service: {envoy_grpc: {cluster_name: a}}}"))),
                "without which it denies");
    }

    /** As {@code envoy --mode validate} of release 1.40 says of the same values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "local_ratelimit.v3.LocalRateLimit",
                "local_ratelimit.v3.LocalRateLimit, stat_prefix: a, token_bucket: {max_tokens: 10}",
                "buffer.v3.Buffer, max_request_bytes: 0",
                "compressor.v3.Compressor",
                "ratelimit.v3.RateLimit, domain: a"
            })
    void a_value_that_envoy_refuses_is_unknown(String config) {
        assertUnknown(get(atGateway(TYPE.concat(config))), "has a value that Envoy refuses");
    }

    @Test
    void a_header_that_a_rule_asks_for_is_unknown() {
        String mutation = TYPE.concat("header_mutation.v3.HeaderMutation, mutations: {request_mutations: "
                + "[{append: {header: {key: X-Canary, value: '1'}}}]}");
        String asking = ROUTES.replace("{route:", "{match: [{withoutHeaders: {x-canary: {exact: '1'}}}], route:");

        assertThat(get(atGateway(mutation)).isDelivered()).isTrue();
        assertUnknown(
                shop(asking, atGateway(mutation))
                        .request("GET", "http://shop.example.org/")
                        .verdict(),
                "x-canary");
        assertUnknown(get(atGateway(mutation.replace("X-Canary", "':path'"))), ":path");
    }

    @Test
    void a_buffer_before_a_stream_is_unknown() {
        String buffer = atGateway(TYPE.concat("buffer.v3.Buffer, max_request_bytes: 1000"));

        assertUnknown(
                shop(ROUTES, buffer)
                        .request("GET", "http://shop.example.org/")
                        .header("Upgrade", "websocket")
                        .verdict(),
                "waits for the end");
    }

    @Test
    void a_patch_counts_on_its_side_of_a_proxy_alone() {
        String lua = "{operation: INSERT_FIRST, value: {name: envoy.filters.http.lua}}";
        String outbound = patch("shop", "context: SIDECAR_OUTBOUND", "HTTP_FILTER", lua);
        String inbound = patch("shop", "context: SIDECAR_INBOUND", "HTTP_FILTER", lua);
        String gateway = patch("istio-system", "context: GATEWAY", "HTTP_FILTER", lua);

        assertThat(get(outbound).isDelivered()).isTrue();
        assertUnknown(get(inbound), "runs Lua code in the proxy of shop/web");
        assertUnknown(get(gateway), "runs Lua code in the proxy of istio-ingress/ingress");
        assertUnknown(fromInside(outbound), "runs Lua code in the proxy of shop/web");
        assertThat(fromInside(gateway)).isEqualTo(fromInside(""));
    }

    @Test
    void a_plugin_counts_on_its_side_of_a_proxy_alone() {
        String plugin = """
            ---
            {apiVersion: extensions.istio.io/v1alpha1, kind: WasmPlugin, metadata: {name: it, namespace: shop},
             spec: {url: 'oci://registry.example.com/it:1', match: [{mode: %s}]}}
            """;

        assertUnknown(get(plugin.formatted("SERVER")), "runs code in the proxy of shop/web");
        assertThat(get(plugin.formatted("CLIENT")).isDelivered()).isTrue();
        assertUnknown(fromInside(plugin.formatted("CLIENT")), "runs code in the proxy of shop/web");
    }

    @ParameterizedTest
    @CsvSource({"1.29.0, SERVER, false", "1.30.0, SERVER, true", "1.30.0, CLIENT, false"})
    void scripts_of_traffic_extensions_count_since_there_are_any(String release, String mode, boolean counts) {
        String script = """
            ---
            {apiVersion: extensions.istio.io/v1alpha1, kind: TrafficExtension, metadata: {name: it, namespace: shop},
             spec: {selector: {matchLabels: {app: web}}, lua: {inlineCode: x}, match: [{mode: %s}]}}
            """.formatted(mode);
        Verdict verdict = Trace.of(Mesh.of(Samples.manifests(ROUTES, script), IstioVersion.of(release)))
                .request("GET", "http://shop.example.org/")
                .verdict();

        assertThat(verdict instanceof Unknown).isEqualTo(counts);
        assertThat(verdict.isDelivered()).isEqualTo(!counts);
    }

    private static Verdict fromInside(String filter) {
        return shop(ROUTES, filter)
                .request("GET", "http://web.legacy.svc.cluster.local/")
                .from("shop/web")
                .verdict();
    }

    @Test
    void settings_that_decide_nothing_change_no_end_and_others_do() {
        String cluster = "{operation: MERGE, value: {%s: 2s}}";
        String manager =
                "{operation: MERGE, value: {typed_config: {'@type': type.googleapis.com/envoy.extensions.filters"
                        + ".network.http_connection_manager.v3.HttpConnectionManager, %s}}}";

        assertThat(get(patch("istio-ingress", "context: GATEWAY", "CLUSTER", cluster.formatted("connect_timeout")))
                        .isDelivered())
                .isTrue();
        assertUnknown(
                get(patch("istio-ingress", "context: GATEWAY", "CLUSTER", cluster.formatted("lb_policy"))),
                "not followed");
        assertThat(get(patch(
                                "istio-ingress",
                                "context: GATEWAY",
                                "NETWORK_FILTER",
                                manager.formatted("serverHeaderTransformation: PASS_THROUGH")))
                        .isDelivered())
                .isTrue();
        assertUnknown(
                get(patch(
                        "istio-ingress",
                        "context: GATEWAY",
                        "NETWORK_FILTER",
                        manager.formatted("xff_num_trusted_hops: 2"))),
                "not followed");
    }

    private static String manager(String fields) {
        return patch(
                "istio-ingress",
                "context: GATEWAY",
                "NETWORK_FILTER",
                "{operation: MERGE, value: {typed_config: {'@type': type.googleapis.com/envoy.extensions.filters"
                        .concat(".network.http_connection_manager.v3.HttpConnectionManager, %s}}}".formatted(fields)));
    }

    private static List<String> told(String filter) {
        return shop(ROUTES, filter).request("GET", "http://shop.example.org/").path().hops().stream()
                .flatMap(hop -> hop.steps().stream())
                .map(step -> step.what())
                .toList();
    }

    @Test
    void times_change_no_end_and_are_told() {
        String silent = manager("stream_idle_timeout: 30s, requestTimeout: 10s");
        String route = patch(
                "istio-ingress",
                "context: GATEWAY",
                "HTTP_ROUTE",
                "{operation: MERGE, value: {route: {idle_timeout: 90s}}}");
        String cluster = patch(
                "istio-ingress",
                "context: GATEWAY",
                "CLUSTER",
                "{operation: MERGE, value: {common_http_protocol_options: {idle_timeout: 90s}}}");

        assertThat(get(silent).isDelivered()).isTrue();
        assertThat(told(silent))
                .anyMatch(step -> step.contains("nothing moves for 30s"))
                .anyMatch(step -> step.contains("not whole after 10s"));
        assertThat(get(route).isDelivered()).isTrue();
        assertThat(told(route)).anyMatch(step -> step.contains("nothing moves for 90s"));
        assertThat(get(cluster).isDelivered()).isTrue();
        assertThat(told(manager("common_http_protocol_options: {max_stream_duration: 5s}")))
                .anyMatch(step -> step.contains("ends after 5s"));
        assertThat(told(manager("stream_idle_timeout: 0s"))).noneMatch(step -> step.contains("nothing moves"));
    }

    @Test
    void settings_beside_times_still_decide() {
        assertUnknown(get(manager("stream_idle_timeout: 30s, xff_num_trusted_hops: 2")), "not followed");
        assertUnknown(
                get(manager("common_http_protocol_options: {idle_timeout: 9s, max_headers_count: 1}")), "not followed");
        // The timeout of a route is the VirtualService's, which stands in the table of requests too.
        assertUnknown(
                get(patch(
                        "istio-ingress",
                        "context: GATEWAY",
                        "HTTP_ROUTE",
                        "{operation: MERGE, value: {route: {timeout: 1s}}}")),
                "not followed");
    }

    @Test
    void limits_of_routes_change_no_end() {
        String limits = "{operation: MERGE, value: {route: {rate_limits: [{actions: [{remote_address: {}}]}]}, "
                + "typed_per_filter_config: {envoy.filters.http.local_ratelimit: {" + TYPE
                + "local_ratelimit.v3.LocalRateLimit}}}}";

        assertThat(get(patch("istio-ingress", "context: GATEWAY", "HTTP_ROUTE", limits))
                        .isDelivered())
                .isTrue();
        assertUnknown(
                get(patch("istio-ingress", "context: GATEWAY", "HTTP_ROUTE", limits.replace("rate_limits", "cluster"))),
                "not followed");
    }

    @Test
    void a_patch_of_one_host_or_route_counts_for_that_one_alone() {
        String named = ROUTES.replace("{route:", "{name: all, route:");
        String match =
                "context: GATEWAY, routeConfiguration: {vhost: {name: 'shop.example.org:80', route: {name: %s}}}";
        String wait = "{operation: MERGE, value: {typed_per_filter_config: {envoy.filters.http.buffer: {" + TYPE
                + "buffer.v3.BufferPerRoute, buffer: {max_request_bytes: 7}}}}}";

        assertThat(socket(named, patch("istio-ingress", match.formatted("all"), "HTTP_ROUTE", wait)))
                .isInstanceOf(Unknown.class);
        assertThat(socket(named, patch("istio-ingress", match.formatted("other"), "HTTP_ROUTE", wait))
                        .isDelivered())
                .isTrue();
        String otherPort = match.formatted("all").replace(":80", ":443");
        assertThat(socket(named, patch("istio-ingress", otherPort, "HTTP_ROUTE", wait))
                        .isDelivered())
                .isTrue();
        String off = wait.replace("buffer: {max_request_bytes: 7}", "disabled: true");
        assertThat(socket(named, patch("istio-ingress", match.formatted("all"), "HTTP_ROUTE", off))
                        .isDelivered())
                .isTrue();
        String vhost = "context: GATEWAY, routeConfiguration: {vhost: {name: 'shop.example.org:80'}}";
        String cluster = "{operation: MERGE, value: {route: {cluster: other}}}";
        assertThat(socket(named, patch("istio-ingress", vhost, "VIRTUAL_HOST", cluster)))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void hosts_of_the_same_routes_are_one_by_the_name_of_the_most_specific() {
        String two = ROUTES.replace("[shop.example.org]", "[shop.example.org, www.shop.example.org]");
        String match = "context: GATEWAY, routeConfiguration: {vhost: {name: '%s:80'}}";
        String cluster = "{operation: MERGE, value: {route: {cluster: other}}}";
        String longest = patch("istio-ingress", match.formatted("www.shop.example.org"), "VIRTUAL_HOST", cluster);
        String other = patch("istio-ingress", match.formatted("shop.example.org"), "VIRTUAL_HOST", cluster);

        assertThat(socket(two, longest)).isInstanceOf(Unknown.class);
        assertThat(socket(two, other).isDelivered()).isTrue();
        assertThat(socket(ROUTES, other)).isInstanceOf(Unknown.class);
    }

    private static Verdict socket(String... manifests) {
        return shop(manifests)
                .request("GET", "http://shop.example.org/")
                .header("Upgrade", "websocket")
                .verdict();
    }

    @Test
    void a_filter_that_is_off_by_default_does_nothing() {
        String off = patch(
                "istio-ingress",
                "context: GATEWAY",
                "HTTP_FILTER",
                "{operation: INSERT_BEFORE, value: {name: it, disabled: true, typed_config: {%slua.v3.Lua}}}"
                        .formatted(TYPE));

        assertThat(get(off).isDelivered()).isTrue();
        assertUnknown(get(off.replace("disabled: true, ", "")), "runs Lua code");
    }

    @Test
    void pages_of_a_proxy_change_no_end_and_another_status_does() {
        String manager =
                "{operation: MERGE, value: {typed_config: {'@type': type.googleapis.com/envoy.extensions.filters"
                        + ".network.http_connection_manager.v3.HttpConnectionManager, local_reply_config: {mappers:"
                        + " [{filter: {response_flag_filter: {}}, %s}]}}}}";

        assertThat(get(patch(
                                "istio-ingress",
                                "context: GATEWAY",
                                "NETWORK_FILTER",
                                manager.formatted("body_format: {text_format_source: {inline_string: sorry}}")))
                        .isDelivered())
                .isTrue();
        assertUnknown(
                get(patch("istio-ingress", "context: GATEWAY", "NETWORK_FILTER", manager.formatted("statusCode: 200"))),
                "changes the status of the proxy's own answers");
    }
}
