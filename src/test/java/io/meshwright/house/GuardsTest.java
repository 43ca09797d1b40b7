package io.meshwright.house;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the gateway does for its hosts before and beside the services is admitted, and ends requests as it says. */
class GuardsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path FOLDER = Path.of("test/resources/environments");
    private static final SortedMap<String, String> OBJECTS = objects("{}");

    @Test
    void are_admitted_by_api_server_and_checks() {
        assertThat(Checks.run(Rendering.read(OBJECTS), Optional.empty()).all())
                .extracting(Object::toString)
                .filteredOn(finding -> finding.startsWith("gateway/") || finding.startsWith("services/"))
                .singleElement(STRING)
                .contains("MESH156", "plain.example.net is served on port 8081 in plain text");
    }

    @TestFactory
    Stream<DynamicTest> requests_end_as_the_table_says() {
        Trace trace = Trace.of(Rendering.mesh(OBJECTS));
        return RequestTable.read(FOLDER.resolve("guards-requests.yaml")).stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.toString(), () -> assertThat(row.misses(trace)).isEmpty()));
    }

    @Test
    void pages_are_for_errors_of_the_gateway_alone_and_html_for_browsers() {
        JsonNode filter = object("gateway/EnvoyFilter/istio-system.gateway-error-pages");
        JsonNode mappers = filter.at("/spec/configPatches/0/patch/value/typed_config/local_reply_config/mappers");

        assertThat(filter).hasJson("/spec/workloadSelector/labels", "{istio: 'ingressgateway'}");
        assertThat((Iterable<JsonNode>) mappers).hasSize(4);
        assertThat(mappers.path(1))
                .has("/filter/and_filter/filters/0/status_code_filter/comparison/value/default_value", 503)
                .hasJson("/filter/and_filter/filters/1", "{response_flag_filter: {}}")
                .has("/filter/and_filter/filters/2/header_filter/header/string_match/contains", "text/html")
                .has(
                        "/body_format_override/text_format_source/inline_string",
                        "<h1 style='width: 100%%'>Back soon</h1>");
        assertThat(mappers.path(3))
                .has("/filter/and_filter/filters/1/header_filter/header/name", "content-type")
                .has("/body_format_override/content_type", "application/json");
    }

    @Test
    void bodies_are_kept_on_the_routes_with_a_limit_alone() {
        JsonNode patches =
                object("services/EnvoyFilter/istio-system.gateway-body-limits").at("/spec/configPatches");

        assertThat(patches.path(0)).has("/patch/value/disabled", true);
        assertThat((Iterable<JsonNode>) patches)
                .extracting(patch -> patch.at("/match/routeConfiguration/vhost/name")
                                .asText("")
                        + " "
                        + patch.at("/match/routeConfiguration/vhost/route/name").asText(""))
                .contains("web.example.org:443 web-root", "web.example.org:443 web-photos")
                .noneMatch(name -> name.contains("live") || name.contains("upload") || name.contains(":80 "));
        assertThat((Iterable<JsonNode>) patches)
                .filteredOn(patch -> patch.at("/match/routeConfiguration/vhost/route/name")
                        .asText("")
                        .equals("web-photos"))
                .allSatisfy(patch -> assertThat(patch)
                        .has(
                                "/patch/value/typed_per_filter_config/envoy.filters.http.buffer/buffer/max_request_bytes",
                                20 * 1024 * 1024));
    }

    @Test
    void authorizers_are_closed_by_default() {
        JsonNode istiod = object("argocd/Application/istiod");
        JsonNode providers = istiod.at("/spec/source/helm/valuesObject/meshConfig/extensionProviders");

        assertThat((Iterable<JsonNode>) providers)
                .filteredOn(provider -> provider.path("name").asText().equals("login"))
                .singleElement()
                .satisfies(provider -> assertThat(provider).hasJson("/envoyExtAuthzHttp", """
                    {service: 'login.shop.svc.cluster.local', port: 4180, timeout: '0.250s', failOpen: false,
                     statusOnError: '503', includeRequestHeadersInCheck: ['cookie', 'x-session'],
                     headersToUpstreamOnAllow: ['x-auth-request-*'], headersToDownstreamOnAllow: ['set-cookie'],
                     headersToDownstreamOnDeny: ['content-type', 'set-cookie']}\
                    """));
        assertThat(object("services/AuthorizationPolicy/shop.login-callers").toString())
                .contains("istio-ingressgateway");
    }

    @Test
    void requests_are_counted_by_a_service_whose_redis_lets_it_in() {
        assertThat(object("gateway/EnvoyFilter/istio-system.gateway-rate-limits"))
                .has(
                        "/spec/configPatches/0/patch/value/typed_config/rate_limit_service/grpc_service/envoy_grpc/cluster_name",
                        "outbound|8081||ratelimit.shop.svc.cluster.local")
                .has("/spec/configPatches/0/patch/value/typed_config/failure_mode_deny", false)
                .has("/spec/configPatches/1/match/routeConfiguration/vhost/name", "api.example.org:443")
                .hasJson("/spec/configPatches/1/patch/value/rate_limits", """
                    [{actions: [{generic_key: {descriptor_key: 'limit', descriptor_value: 'api.example.org-0'}}]},
                     {actions: [{generic_key: {descriptor_key: 'limit', descriptor_value: 'api.example.org-1'}},
                       {header_value_match: {descriptor_key: 'path', descriptor_value: '/login', headers: [{name: ':path',
                         string_match: {safe_regex: {regex: '/login([/?].*)?'}}}]}}, {remote_address: {}}]},
                     {actions: [{generic_key: {descriptor_key: 'limit', descriptor_value: 'api.example.org-2'}},
                       {request_headers: {header_name: 'x-api-key', descriptor_key: 'header'}}]}]\
                    """);
        assertThat(object("services/ConfigMap/shop.ratelimit-files")
                        .at("/data")
                        .elements()
                        .next()
                        .asText())
                .isEqualTo("""
                    domain: gateway
                    descriptors:
                      - key: limit
                        value: "api.example.org-0"
                        rate_limit: {unit: minute, requests_per_unit: 1000}
                      - key: limit
                        value: "api.example.org-1"
                        descriptors:
                          - key: path
                            value: "/login"
                            descriptors:
                              - key: remote_address
                                rate_limit: {unit: second, requests_per_unit: 10}
                      - key: limit
                        value: "api.example.org-2"
                        descriptors:
                          - key: header
                            rate_limit: {unit: day, requests_per_unit: 5000}
                    """);
        assertThat(object("services/AuthorizationPolicy/shop.redis-callers").toString())
                .contains("cluster.local/ns/shop/sa/ratelimit");
        assertThat(object("services/AuthorizationPolicy/shop.ratelimit-callers").toString())
                .contains("istio-ingressgateway");
        assertThat(object("services/Deployment/shop.ratelimit").toString())
                .contains("redis.shop.svc.cluster.local:6379", "REDIS_AUTH");
    }

    @Test
    void http3_is_taken_beside_tls_where_datagrams_arrive() {
        SortedMap<String, String> objects = objects("""
            cluster: {platform: {type: metallb, storageClass: local-path, pools: [{name: lan, addresses: [192.168.1.200/32]}]}}
            gateway: {address: 192.168.1.200, http3: true}
            """);

        assertThat((Iterable<JsonNode>) read(objects, "argocd/Application/istio-ingressgateway")
                        .at("/spec/source/helm/valuesObject/service/ports"))
                .extracting(JsonNode::toString)
                .contains("{\"name\":\"http3\",\"port\":443,\"protocol\":\"UDP\",\"targetPort\":8443}");
        assertThat(read(objects, "argocd/Application/istiod").toString()).contains("PILOT_ENABLE_QUIC_LISTENERS");
        assertThat(OBJECTS.get("argocd/Application/istiod")).doesNotContain("QUIC");
    }

    @Test
    void further_gateways_guard_their_hosts_by_themselves() {
        SortedMap<String, String> objects = objects("""
            gateways:
              internal:
                namespace: shop
                service: {type: ClusterIP}
                listeners: [{port: 80, protocol: HTTP, hosts: ["*.example.com"]}]
                hosts:
                  desk.example.com:
                    securityHeaders: {referrerPolicy: origin}
                    maintenance: {exceptHeaders: {x-preview: release}}
                    maxRequestBytes: 1Mi
                    externalAuthorization: {authorizer: login}
            services:
              login: {allowFrom: [gateway, internal]}
              api:
                allowFrom: [web, gateway, internal]
                routes: [{host: api.example.org, prefix: /}, {host: desk.example.com, prefix: /, gateways: [internal]}]
            """);

        assertThat(read(objects, "services/EnvoyFilter/istio-system.internal-body-limits"))
                .hasJson("/spec/workloadSelector/labels", "{istio: 'internal'}")
                .has("/spec/configPatches/1/match/routeConfiguration/vhost/name", "desk.example.com:80")
                .has(
                        "/spec/configPatches/1/patch/value/typed_per_filter_config/envoy.filters.http.buffer/buffer/max_request_bytes",
                        1024 * 1024);
        assertThat(objects.get("services/EnvoyFilter/istio-system.gateway-body-limits"))
                .doesNotContain("desk.example.com");
        assertThat(read(objects, "gateway/AuthorizationPolicy/istio-system.internal-desk-example-com-authorizer"))
                .has("/spec/action", "CUSTOM")
                .has("/spec/provider/name", "login")
                .hasJson("/spec/selector/matchLabels", "{istio: 'internal'}");
        assertThat(objects.get("services/VirtualService/shop.desk-example-com-internal"))
                .contains("referrer-policy: origin", "retry-after", "status: 503")
                .doesNotContain("no-referrer");
        assertThat(objects.get("services/AuthorizationPolicy/shop.login-callers"))
                .contains("istio-ingressgateway", "istio-internal");
    }

    private static JsonNode object(String name) {
        return read(OBJECTS, name);
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) {
        assertThat(objects).containsKey(name);
        try {
            return YAML.readTree(objects.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, String> objects(String patch) {
        try {
            String base = Files.readString(Path.of("test/resources/agreement/base.yaml"));
            String keys = Files.readString(FOLDER.resolve("guards.yaml"));
            return Rendering.objects(MergedYaml.of(MergedYaml.of(base, keys), patch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
