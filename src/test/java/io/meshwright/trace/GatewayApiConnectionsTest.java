package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.PathStep;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayApiConnectionsTest {
    private static final String BASE = """
      {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: public, namespace: shop}
      spec:
        gatewayClassName: istio
        listeners:
        - {name: web, port: 80, protocol: HTTP}
        - {name: passed, port: 443, protocol: TLS, tls: {mode: Passthrough}}
        - {name: ended, port: 8443, protocol: TLS, tls: {mode: Terminate, certificateRefs: [{name: cert}]}}
        - {name: bytes, port: 3306, protocol: TCP}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db},
        ports: [{name: tcp, port: 3306}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: spare, namespace: shop}, spec: {selector: {app: spare},
        ports: [{name: tcp, port: 3306}]}}
      """.concat(deployment("shop", "db")).concat(deployment("shop", "spare"));
    private static final String ISTIOD = """
      ---
      {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod, namespace: argocd}, spec: {
        source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.27.0,
          helm: {valuesObject: {pilot: {env: {%s}}}}}, destination: {namespace: istio-system}}}
      """;
    private static final String HEEDING = ISTIOD.formatted("PILOT_ENABLE_ALPHA_GATEWAY_API: 'true'");
    private static final String TO_DB = "{name: db, namespace: shop, port: 3306}";

    private static String route(String kind, String namespace, String parent, String spec) {
        return """
        ---
        {apiVersion: gateway.networking.k8s.io/v1alpha2, kind: %s, metadata: {name: r, namespace: %s},
          spec: {parentRefs: [%s], %s}}
        """.formatted(kind, namespace, parent, spec);
    }

    private static String section(String name) {
        return "{name: public, namespace: shop, sectionName: %s}".formatted(name);
    }

    private static String to(String... backends) {
        return "rules: [{backendRefs: [%s]}]".formatted(String.join(", ", backends));
    }

    private static Trace trace(String version, String... documents) {
        return bare(version, HEEDING.concat(String.join("\n", documents)));
    }

    private static Trace bare(String version, String documents) {
        String text = BASE.concat(documents);
        return Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests(), IstioVersion.of(version)));
    }

    private static Trace trace(String document) {
        return trace("1.26.2", document);
    }

    private static Verdict ask(Trace trace, String url) {
        return trace.request("GET", url).verdict();
    }

    private static void assertDeliveredTo(Verdict verdict, String service) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).startsWith(service.concat(".")));
    }

    /** pkg/config/schema/collections, listenerProtocolToIstio: by release what needs no switch, and what is closed. */
    @ParameterizedTest
    @CsvSource({
        "TCPRoute, bytes, tcp, 3306, 1.24.0, false",
        "TCPRoute, bytes, tcp, 3306, 1.30.5, false",
        "TCPRoute, bytes, tcp, 3306, 1.31.0, true",
        "TLSRoute, passed, tls, 443, 1.29.6, false",
        "TLSRoute, passed, tls, 443, 1.30.0, true"
    })
    void routes_that_were_experiments_count_if_istiod_is_told_so(
            String kind, String section, String scheme, int port, String release, boolean always) {
        String route = route(kind, "shop", section(section), to(TO_DB));
        String url = "%s://db.example.org:%d".formatted(scheme, port);

        assertDeliveredTo(ask(trace(release, route), url), "db");
        Verdict silent = ask(bare(release, route), url);
        Verdict off = ask(bare(release, ISTIOD.formatted("").concat(route)), url);
        if (always) {
            assertDeliveredTo(silent, "db");
            assertDeliveredTo(off, "db");
        } else {
            assertThat(silent)
                    .isInstanceOfSatisfying(
                            Unknown.class, unknown -> assertThat(unknown.why()).contains("heeds a " + kind));
            assertThat(off).isInstanceOf(Closed.class);
        }
    }

    @Test
    void listeners_of_bytes_are_closed_from_1_25_to_1_30_unless_istiod_is_told_so() {
        String url = "tcp://db.example.org:3306";

        assertThat(ask(bare("1.24.0", ISTIOD.formatted("")), url))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.why()).contains("no route"));
        assertThat(ask(bare("1.30.5", ISTIOD.formatted("")), url))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.why()).contains("opens port 3306"));
        assertThat(ask(bare("1.31.0", ISTIOD.formatted("")), url))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.why()).contains("no route"));
    }

    @Test
    void a_tls_route_is_chosen_by_the_name_that_the_client_indicates() {
        Trace trace = trace(route("TLSRoute", "shop", section("passed"), "hostnames: [db.example.org], " + to(TO_DB)));

        assertDeliveredTo(ask(trace, "tls://db.example.org:443"), "db");
        assertThat(ask(trace, "tls://other.example.org:443")).isInstanceOf(Closed.class);
    }

    @Test
    void a_tls_route_without_names_takes_every_name() {
        assertDeliveredTo(
                ask(trace(route("TLSRoute", "shop", section("passed"), to(TO_DB))), "tls://any.example.org:443"), "db");
    }

    @Test
    void a_tcp_route_shares_the_connections_of_its_listener_by_weight() {
        Trace trace = trace(route(
                "TCPRoute",
                "shop",
                section("bytes"),
                to("{name: db, port: 3306, weight: 3}", "{name: spare, port: 3306}")));

        assertThat(ask(trace, "tcp://db.example.org:3306"))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.targets())
                                .extracting(DeliveryTarget::part)
                                .containsExactly(0.75, 0.25));
    }

    @Test
    void each_step_names_the_rule_and_the_backend() {
        Path path = trace(route("TCPRoute", "shop", section("bytes"), to("{name: nobody, port: 3306}")))
                .request("GET", "tcp://db.example.org:3306")
                .path();

        assertThat(path.hops())
                .flatExtracting(PathHop::steps)
                .flatExtracting(PathStep::decidedBy)
                .extracting(Source::pointer)
                .contains("/spec/rules/0", "/spec/rules/0/backendRefs/0");
        assertThat(path.verdict()).isInstanceOf(Closed.class);
    }

    @Test
    void backends_of_no_weight_close_the_connection() {
        assertThat(ask(
                        trace(route("TCPRoute", "shop", section("bytes"), to("{name: db, port: 3306, weight: 0}"))),
                        "tcp://db.example.org:3306"))
                .isInstanceOf(Closed.class);
    }

    @Test
    void a_listener_that_ends_tls_takes_tcp_routes_and_since_1_30_tls_routes() {
        String tcp = route("TCPRoute", "shop", section("ended"), to(TO_DB));
        String tls = route("TLSRoute", "shop", section("ended"), "hostnames: [db.example.org], " + to(TO_DB));

        assertDeliveredTo(ask(trace(tcp), "tls://db.example.org:8443"), "db");
        assertThat(ask(trace(tls), "tls://db.example.org:8443")).isInstanceOf(Closed.class);
        assertDeliveredTo(ask(trace("1.30.0", tls), "tls://db.example.org:8443"), "db");
    }

    @Test
    void listeners_take_routes_of_their_protocol_only() {
        assertThat(ask(trace(route("TCPRoute", "shop", section("passed"), to(TO_DB))), "tls://db.example.org:443"))
                .isInstanceOf(Closed.class);
        assertThat(ask(trace(route("TLSRoute", "shop", section("bytes"), to(TO_DB))), "tcp://db.example.org:3306"))
                .isInstanceOf(Closed.class);
    }

    @Test
    void what_comes_to_a_gateway_needs_a_grant_and_what_services_call_does_not() {
        String open = BASE.replace(
                "{name: bytes, port: 3306, protocol: TCP}",
                "{name: bytes, port: 3306, protocol: TCP, allowedRoutes: {namespaces: {from: All}}}");
        String entering = open.concat(HEEDING).concat(route("TCPRoute", "other", section("bytes"), to(TO_DB)));
        Trace trace =
                Trace.of(Mesh.of(ManifestReader.of("test.yaml", entering).manifests(), IstioVersion.of("1.26.2")));

        assertThat(ask(trace, "tcp://db.example.org:3306")).isInstanceOf(Closed.class);
        assertDeliveredTo(
                trace(route("TCPRoute", "other", "{group: '', kind: Service, name: spare, namespace: shop}", to(TO_DB)))
                        .request("GET", "tcp://spare.shop:3306")
                        .from("shop/db")
                        .verdict(),
                "db");
    }

    @Test
    void a_route_on_a_service_entry_concerns_its_hosts() {
        String entry = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop},
          spec: {hosts: [db.example.com], resolution: DNS, ports: [{number: 3306, name: tcp, protocol: TCP}]}}
        """;
        String parent = "{group: networking.istio.io, kind: ServiceEntry, name: e}";

        assertDeliveredTo(
                trace("1.26.2", entry, route("TCPRoute", "shop", parent, to(TO_DB)))
                        .request("GET", "tcp://db.example.com:3306")
                        .from("shop/db")
                        .verdict(),
                "db");
    }

    @Test
    void istiod_makes_nothing_of_a_route_with_a_backend_that_is_no_reference() {
        String rules = "rules: [{backendRefs: [{name: db, port: 3306}]}, {matches: [{path: {value: /x}}], %s}]";
        Trace portless =
                trace(route("HTTPRoute", "shop", section("web"), rules.formatted("backendRefs: [{name: spare}]")));
        Trace filtered = trace(route(
                "HTTPRoute",
                "shop",
                section("web"),
                rules.formatted("filters: [{type: ExtensionRef}], backendRefs: [{name: spare, port: 3306}]")));

        assertThat(ask(portless, "http://any.example.org/"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(404));
        assertThat(ask(filtered, "http://any.example.org/"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(404));
    }

    @Test
    void which_of_two_routes_for_one_connection_is_older_decides() {
        String first = "name: r, namespace: shop";
        String tcp = route("TCPRoute", "shop", section("bytes"), to(TO_DB));
        String tls = route("TLSRoute", "shop", section("passed"), to(TO_DB));
        String younger = "name: q, namespace: shop, creationTimestamp: '2025-01-01T00:00:00Z'";
        String older = "name: p, namespace: shop, creationTimestamp: '2024-01-01T00:00:00Z'";

        assertThat(ask(
                        trace(
                                "1.26.2",
                                tcp,
                                tcp.replace(first, "name: q, namespace: shop").replace("name: db", "name: spare")),
                        "tcp://a.example.org:3306"))
                .isInstanceOf(Unknown.class);
        assertThat(ask(
                        trace(
                                "1.26.2",
                                tls,
                                tls.replace(first, "name: q, namespace: shop").replace("name: db", "name: spare")),
                        "tls://a.example.org:443"))
                .isInstanceOf(Unknown.class);
        assertDeliveredTo(
                ask(trace("1.26.2", tcp, tcp.replace(first, "name: q, namespace: shop")), "tcp://a.example.org:3306"),
                "db");
        assertDeliveredTo(
                ask(
                        trace(
                                "1.26.2",
                                tcp.replace(first, younger).replace("name: db", "name: spare"),
                                tcp.replace(first, older)),
                        "tcp://a.example.org:3306"),
                "db");
    }
}
