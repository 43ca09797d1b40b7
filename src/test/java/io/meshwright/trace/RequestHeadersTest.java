package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import org.junit.jupiter.api.Test;

/** What a route does to the headers of a request is what the next hop sees. */
class RequestHeadersTest {
    private static final String ROUTE = "[{%s, route: [{destination: {host: web}%s}]}]";

    /** Denies what carries header x-team with one of these values. */
    private static String denied(String values) {
        return """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {action: DENY, rules: [{when: [{key: "request.headers[x-team]", values: [%s]}]}]}}
            """.formatted(values);
    }

    private static Request request() {
        return Request.of("GET", "http://shop.example.org/").header("X-Team", "a");
    }

    /** By a release before policies asked for each value. */
    private static boolean arrives(String http, String values) {
        return arrives("1.27", http, values);
    }

    private static boolean arrives(String release, String http, String values) {
        Mesh mesh = Mesh.of(
                ManifestReader.of("shop.yaml", Samples.SHOP.concat(routes(http)).concat(denied(values)))
                        .manifests(),
                IstioVersion.of(release));
        return Trace.of(mesh).follow(request()).verdict().isDelivered();
    }

    private static String route(String changes) {
        return ROUTE.formatted("headers: {request: {%s}}".formatted(changes), "");
    }

    @Test
    void what_is_set_replaces_the_value() {
        assertThat(arrives(route("set: {x-team: b}"), "a")).isTrue();
        assertThat(arrives(route("set: {X-TEAM: b}"), "b")).isFalse();
    }

    @Test
    void what_is_added_stands_behind_the_value() {
        assertThat(arrives(route("add: {x-team: b}"), "b")).isTrue();
        assertThat(arrives(route("add: {x-team: b}"), "'a,b'")).isFalse();
    }

    @Test
    void policies_ask_for_each_value_since_they_do() {
        String add = route("add: {x-team: b}");

        assertThat(arrives("1.29.1", add, "b")).isFalse();
        assertThat(arrives("1.29.1", add, "a")).isFalse();
        assertThat(arrives("1.29.1", add, "'a,b'")).isTrue();
        assertThat(arrives("1.28.5", add, "b")).isFalse();
        assertThat(arrives("1.29.0", add, "b")).isTrue();
    }

    @Test
    void what_is_removed_is_gone_before_anything_is_written() {
        assertThat(arrives(route("remove: [x-team]"), "'*'")).isTrue();
        assertThat(arrives(route("remove: [X-Team], add: {x-team: b}"), "b")).isFalse();
    }

    @Test
    void an_empty_value_changes_nothing() {
        assertThat(arrives(route("set: {x-team: ''}"), "a")).isFalse();
    }

    @Test
    void the_only_destination_writes_with_its_route() {
        String both = ROUTE.formatted(
                "headers: {request: {set: {x-team: b}}}", ", headers: {request: {remove: [x-team], add: {x-team: c}}}");

        assertThat(arrives(both, "'b,c'")).isFalse();
    }

    @Test
    void one_of_several_destinations_writes_before_its_route() {
        String http = "[{headers: {request: {add: {x-team: b}}}, route: ["
                + "{destination: {host: web}, weight: 50, headers: {request: {set: {x-team: c}}}},"
                + "{destination: {host: cart}, weight: 50}]}]";
        Verdict verdict = shop(routes(http), denied("'c,b'")).follow(request()).verdict();

        assertThat(verdict).isInstanceOf(Split.class);
        assertThat(verdict.summary()).contains("50 % answered 403 RBAC: a DENY rule fits at shop/web");
    }

    @Test
    void the_host_is_rewritten_where_nothing_else_rewrites_it() {
        Path path =
                shop(routes(route("set: {Host: inner.test}, remove: [host]"))).follow(request());
        Path rewritten = shop(routes(ROUTE.formatted(
                        "rewrite: {authority: other.test}, headers: {request: {set: {':authority': inner.test}}}", "")))
                .follow(request());

        assertThat(path.handling().orElseThrow().authority()).isEqualTo("inner.test");
        assertThat(rewritten.handling().orElseThrow().authority()).isEqualTo("other.test");
    }

    @Test
    void what_envoy_works_out_is_not_known_where_a_rule_asks_for_it() {
        Trace asked = shop(routes(route("set: {x-team: '%REQ(x-other)%'}")), denied("b"));
        Trace unasked = shop(routes(route("set: {x-other: '%REQ(x-team)%'}")), denied("b"));

        assertThat(asked.follow(request()).verdict()).isInstanceOf(Unknown.class);
        assertThat(unasked.follow(request()).verdict().isDelivered()).isTrue();
    }

    @Test
    void a_token_goes_with_its_header() {
        String tokens = """
            ---
            {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: t, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: me, jwks: '{"keys":[]}'}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]}}
            """;
        Request carrying = request()
                .jwt(JsonNodeFactory.instance.objectNode().put("iss", "me").put("sub", "i"));

        assertThat(shop(routes(route("set: {x: y}")), tokens)
                        .follow(carrying)
                        .verdict()
                        .isDelivered())
                .isTrue();
        assertThat(shop(routes(route("remove: [Authorization]")), tokens)
                        .follow(carrying)
                        .verdict()
                        .summary())
                .startsWith("answered 403");
        assertThat(shop(routes(route("set: {authorization: Basic YTpi}")), tokens)
                        .follow(carrying)
                        .verdict()
                        .summary())
                .startsWith("answered 403");
        assertThat(shop(routes(route("set: {authorization: '%REQ(x-token)%'}")), tokens)
                        .follow(carrying)
                        .verdict())
                .isInstanceOf(Unknown.class);
    }

    @Test
    void claims_are_told_in_headers_that_nobody_else_may_write() {
        String tokens = """
            ---
            {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: t, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: me, jwks: '{"keys":[]}',
                outputClaimToHeaders: [{header: X-Team, claim: org.team}, {header: x-age, claim: age}]}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, rules: [{when: [
                {key: "request.headers[x-team]", values: [a]}, {key: "request.headers[x-age]", values: ["7"]}]}]}}
            """;
        var claims = JsonNodeFactory.instance.objectNode().put("iss", "me").put("age", 7);
        Trace trace = shop(routes("[{route: [{destination: {host: web}}]}]"), tokens);
        Request spoofed = request().header("x-age", "7");

        assertThat(trace.follow(spoofed).verdict().summary()).startsWith("answered 403");
        assertThat(trace.follow(spoofed.jwt(claims)).verdict().summary()).startsWith("answered 403");
        claims.putObject("org").put("team", "a");
        assertThat(trace.follow(spoofed.jwt(claims)).verdict().isDelivered()).isTrue();
        claims.withObject("/org").putArray("team").add("a");
        assertThat(trace.follow(spoofed.jwt(claims)).verdict()).isInstanceOf(Unknown.class);
    }

    /** As a real Envoy answered in the rehearsal: a route is chosen before, and again when a token is verified. */
    @Test
    void a_header_for_a_claim_still_leads_the_request_of_a_client_without_a_token() {
        String tokens = """
            ---
            {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: t, namespace: istio-ingress},
              spec: {jwtRules: [{issuer: me, jwks: '{"keys":[]}', outputClaimToHeaders: [{header: x-team, claim: team}]}]}}
            """;
        var claims = JsonNodeFactory.instance.objectNode().put("iss", "me").put("team", "b");
        Trace trace = shop(
                routes("[{match: [{headers: {x-team: {exact: a}}}], directResponse: {status: 418}},"
                        + "{route: [{destination: {host: web}}]}]"),
                tokens,
                denied("a"));

        assertThat(trace.follow(request()).verdict().isAnswered(418)).isTrue();
        assertThat(trace.follow(request().jwt(claims)).verdict().isDelivered()).isTrue();
        claims.put("team", "a");
        assertThat(trace.follow(request().jwt(claims)).verdict().isAnswered(418))
                .isTrue();
    }

    @Test
    void an_address_that_a_route_writes_is_not_the_clients() {
        String policy = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {action: DENY, rules: [{from: [{source: {remoteIpBlocks: [198.51.100.7]}}]}]}}
            """;
        Request from = request().clientIp("198.51.100.7");

        assertThat(shop(routes(route("set: {x-forwarded-for: 192.0.2.1}")), policy)
                        .follow(from)
                        .verdict())
                .isInstanceOf(Unknown.class);
    }
}
