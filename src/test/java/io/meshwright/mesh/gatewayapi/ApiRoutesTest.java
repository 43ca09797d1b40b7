package io.meshwright.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of Istio's that istiod makes of those of the Gateway API. */
class ApiRoutesTest {
    private static final String TO_WEB = ", backendRefs: [{name: web, port: 80}]";

    private static Mesh mesh(String parent, String rule) {
        return Meshes.of(
                Meshes.service("shop", "web"),
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: out, namespace: shop}, spec: {hosts: [API.example.com, other.example.com], ports: [{number: 80, name: http, protocol: HTTP}]}}",
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: out, namespace: edge}, spec: {hosts: [edge.example.com], ports: [{number: 80, name: http, protocol: HTTP}]}}",
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: more, namespace: shop}, spec: {hosts: [more.example.com], ports: [{number: 80, name: http, protocol: HTTP}]}}",
                "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{%s}], rules: [{%s}]}}"
                        .formatted(parent, rule));
    }

    private static List<HttpRoute> routes(String rule) {
        Mesh mesh = mesh("group: '', kind: Service, name: web", rule);
        return mesh.virtualServices().ofGatewayApi().stream()
                .flatMap(service -> mesh.virtualServices().routes(service).stream())
                .toList();
    }

    /** Fields of a route besides its name and its destinations. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}], add: [{name: c, value: d}], remove: [e]}}]"
                        + " | {\"headers\":{\"request\":{\"set\":{\"a\":\"b\"},\"add\":{\"c\":\"d\"},\"remove\":[\"e\"]}}}",
                "filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: a, value: b}]}}]"
                        + " | {\"headers\":{\"response\":{\"set\":{\"a\":\"b\"}}}}",
                "filters: [{type: RequestRedirect, requestRedirect: {hostname: a.example, path: {replaceFullPath: /x}}}]"
                        + " | {\"redirect\":{\"redirectCode\":302,\"authority\":\"a.example\",\"derivePort\":\"FROM_REQUEST_PORT\",\"uri\":\"/x\"}}",
                "filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301, path: {replacePrefixMatch: /y}}}]"
                        + " | {\"redirect\":{\"redirectCode\":301,\"scheme\":\"https\",\"derivePort\":\"FROM_PROTOCOL_DEFAULT\",\"prefix\":\"/y\"}}",
                "filters: [{type: RequestRedirect, requestRedirect: {port: 8443}}]"
                        + " | {\"redirect\":{\"redirectCode\":302,\"port\":8443}}",
                "filters: [{type: URLRewrite, urlRewrite: {hostname: a.example, path: {replacePrefixMatch: /a/}}}]"
                        + " | {\"rewrite\":{\"authority\":\"a.example\",\"uri\":\"/a\"}}",
                "filters: [{type: URLRewrite, urlRewrite: {path: {replaceFullPath: /a/}}}]"
                        + " | {\"rewrite\":{\"uriRegexRewrite\":{\"match\":\"/.*\",\"rewrite\":\"/a/\"}}}",
                "filters: [{type: CORS, cors: {allowOrigins: ['https://a.example'], allowMethods: [GET], allowCredentials: true}}]"
                        + " | {\"corsPolicy\":{\"allowOrigins\":[{\"origin\":\"https://a.example\"}],\"allowMethods\":[\"GET\"],\"allowCredentials\":true}}",
                "timeouts: {request: 3s} | {\"timeout\":\"3s\"}",
                "timeouts: {request: 5s, backendRequest: 3s} | {\"timeout\":\"3s\"}",
                "retry: {attempts: 3, codes: [503]}, timeouts: {request: 5s, backendRequest: 1s}"
                        + " | {\"retries\":{\"attempts\":3,\"retryOn\":\"connect-failure,refused-stream,unavailable,cancelled,503\",\"perTryTimeout\":\"1s\"},\"timeout\":\"5s\"}",
                "retry: {} | {\"retries\":{\"attempts\":2,\"retryOn\":\"connect-failure,refused-stream,unavailable,cancelled\"}}",
                "matches: [] | {}"
            })
    void filters_timeouts_and_retries_become_fields_of_the_route(String rule, String expected) {
        assertThat(routes(rule.concat(TO_WEB)))
                .singleElement()
                .satisfies(route -> assertThat(((ObjectNode) route.body().deepCopy()).remove(List.of("name", "route")))
                        .hasToString(expected));
    }

    @Test
    void each_match_becomes_a_route_and_a_rule_without_any_one_for_every_path() {
        List<HttpRoute> routes = routes("name: own, matches: [{path: {value: /a}}, {method: GET}]".concat(TO_WEB));

        assertThat(routes)
                .flatExtracting(HttpRoute::matches)
                .extracting(match -> match.body().toString())
                .containsExactly(
                        "{\"uri\":{\"segments\":\"/a\"}}",
                        "{\"uri\":{\"prefix\":\"/\"},\"method\":{\"exact\":\"GET\"}}");
        assertThat(routes).allSatisfy(route -> {
            assertThat(route.body().path("name").asText()).isEqualTo("own");
            assertThat(route.source().pointer()).isEqualTo("/spec/rules/0");
            assertThat(route.destinations()).hasSize(1);
        });
        assertThat(routes("matches: []").get(0).matches())
                .singleElement()
                .satisfies(match -> assertThat(match.body()).hasToString("{\"uri\":{\"prefix\":\"/\"}}"));
    }

    @Test
    void a_rule_without_backends_answers_500() {
        assertThat(routes("matches: []").get(0).body())
                .hasToString("{\"name\":\"shop.r.0\",\"directResponse\":{\"status\":500,\"noBackends\":true}}");
    }

    @Test
    void a_route_of_an_entry_is_for_each_of_its_hosts() {
        Mesh mesh = mesh("group: networking.istio.io, kind: ServiceEntry, name: out", "matches: []".concat(TO_WEB));

        assertThat(mesh.virtualServices().ofGatewayApi())
                .flatExtracting(VirtualService::hosts)
                .containsExactly("api.example.com", "other.example.com");
    }

    @Test
    void a_route_of_one_port_of_a_service_asks_for_it() {
        Mesh mesh = mesh("group: '', kind: Service, name: web, port: 80", "matches: [{method: GET}]".concat(TO_WEB));

        assertThat(mesh.virtualServices().ofGatewayApi())
                .flatExtracting(service -> mesh.virtualServices().routes(service))
                .flatExtracting(route -> ((HttpRoute) route).matches())
                .extracting(match -> ((HttpMatch) match).body().path("port").asInt())
                .containsExactly(80);
    }

    private static List<String> matches(String kind, String match) {
        Mesh mesh = Meshes.of(
                Meshes.service("shop", "web"),
                "{apiVersion: gateway.networking.k8s.io/v1, kind: %s, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{group: '', kind: Service, name: web}], rules: [{matches: [{%s}], backendRefs: [{name: web, port: 80}]}]}}"
                        .formatted(kind, match));
        return mesh.virtualServices().ofGatewayApi().stream()
                .flatMap(service -> mesh.virtualServices().routes(service).stream())
                .flatMap(route -> route.matches().stream())
                .map(converted -> converted.body().toString())
                .toList();
    }

    /** Names of headers are compared in small letters, those of parameters as they are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "HTTPRoute | path: {type: Exact, value: /a} | {\"uri\":{\"exact\":\"/a\"}}",
                "HTTPRoute | path: {type: RegularExpression, value: '/a.*'} | {\"uri\":{\"regex\":\"/a.*\"}}",
                "HTTPRoute | path: {value: /a/} | {\"uri\":{\"segments\":\"/a\"}}",
                "HTTPRoute | headers: [{name: X-Team, value: b}, {name: x-team, value: c}]"
                        + " | {\"uri\":{\"prefix\":\"/\"},\"headers\":{\"x-team\":{\"exact\":\"b\"}}}",
                "HTTPRoute | headers: [{type: RegularExpression, name: a, value: 'b.*'}]"
                        + " | {\"uri\":{\"prefix\":\"/\"},\"headers\":{\"a\":{\"regex\":\"b.*\"}}}",
                "HTTPRoute | queryParams: [{name: Q, value: b}, {name: q, type: RegularExpression, value: c}]"
                        + " | {\"uri\":{\"prefix\":\"/\"},\"queryParams\":{\"Q\":{\"exact\":\"b\"},\"q\":{\"regex\":\"c\"}}}",
                "GRPCRoute | method: {service: a.B, method: Get} | {\"uri\":{\"exact\":\"/a.B/Get\"}}",
                "GRPCRoute | method: {type: RegularExpression, service: 'a[.]B', method: 'G.*'} | {\"uri\":{\"regex\":\"/a[.]B/G.*\"}}",
                "GRPCRoute | method: {service: a.B} | {\"uri\":{\"segments\":\"/a.B\"}}",
                "GRPCRoute | method: {type: RegularExpression, service: 'a[.]B'} | {\"uri\":{\"regex\":\"/a[.]B/.+\"}}",
                "GRPCRoute | method: {method: Get} | {\"uri\":{\"regex\":\"/[^/]+/Get\"}}",
                "GRPCRoute | headers: [{name: X-Team, value: b}] | {\"headers\":{\"x-team\":{\"exact\":\"b\"}}}"
            })
    void a_match_is_written_as_istios_own(String kind, String match, String expected) {
        assertThat(matches(kind, match)).containsExactly(expected);
    }

    private static List<String> connections(String kind, String parent, String hostnames, String backend) {
        Mesh mesh = Meshes.of(
                Meshes.service("shop", "web"),
                "{apiVersion: gateway.networking.k8s.io/v1alpha2, kind: %s, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{group: '', kind: Service, name: web%s}], hostnames: [%s], rules: [{backendRefs: [{%s}]}]}}"
                        .formatted(kind, parent, hostnames, backend));
        String list = kind.equals("TLSRoute") ? "tls" : "tcp";
        return mesh.virtualServices().ofGatewayApi().stream()
                .flatMap(service -> mesh.virtualServices().connections(service, list).stream())
                .map(entry -> "%s %s"
                        .formatted(
                                entry.body().at("/match/0"),
                                entry.body().at("/route/0/destination/host").asText()))
                .toList();
    }

    /** For callers inside the mesh a name counts that the service's host covers, or the only one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TLSRoute | `` | `` | name: web, port: 80 | {\"sniHosts\":[\"web.shop.svc.cluster.local\"]} web.shop.svc.cluster.local",
                "TLSRoute | , port: 80 | a.example | name: web, port: 80 | {\"sniHosts\":[\"a.example\"],\"port\":80} web.shop.svc.cluster.local",
                "TLSRoute | `` | a.example, web.shop.svc.cluster.local | name: web, port: 80 | {\"sniHosts\":[\"web.shop.svc.cluster.local\"]} web.shop.svc.cluster.local",
                "TCPRoute | , port: 80 | `` | name: web, port: 80 | {\"port\":80} web.shop.svc.cluster.local",
                "TCPRoute | `` | `` | name: web, port: 80 | ` web.shop.svc.cluster.local`",
                "TCPRoute | , port: 80 | `` | name: web, weight: 0 | `{\"port\":80} `",
                "TCPRoute | , port: 80 | `` | name: web | ``"
            })
    void connections_of_callers_inside_ask_for_names_and_port(
            String kind, String parent, String hostnames, String backend, String expected) {
        assertThat(String.join(";", connections(kind, parent, hostnames, backend)))
                .isEqualTo(expected);
    }
}
