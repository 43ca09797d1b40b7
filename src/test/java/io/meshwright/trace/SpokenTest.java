package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves the last proxy against what the port is said to speak. */
class SpokenTest {
    private static final String PAY = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: pay, namespace: shop},
          spec: {hosts: [pay.example.net], location: MESH_EXTERNAL, resolution: DNS,
          ports: [{number: 443, name: https, protocol: HTTPS},
            {number: 80, name: http, protocol: HTTP, targetPort: 443},
            {number: 8080, name: http-alt, protocol: HTTP}]}}
        """;
    private static final String TO_PAY =
            routes("[{route: [{destination: {host: pay.example.net, port: {number: 443}}}]}]");
    private static final String OLD = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: old, namespace: legacy}, spec: {selector: {app: batch},
          ports: [{name: https, port: 443, targetPort: 8443}, {name: http, port: 80, targetPort: 8080}]}}
        """;
    private static final String TO_OLD =
            routes("[{route: [{destination: {host: old.legacy.svc.cluster.local, port: {number: 443}}}]}]");

    private static String rule(String host, String policy) {
        return """
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: tls, namespace: istio-ingress},
              spec: {host: %s, %s}}
            """.formatted(host, policy);
    }

    private static Verdict inside(String url, String... documents) {
        return shop(documents).request("GET", url).from("shop/web").verdict();
    }

    private static Verdict outside(String... documents) {
        return shop(documents).request("GET", "http://shop.example.org/").verdict();
    }

    private static void isPlainAtTls(Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.otherwise().orElseThrow().isAnswered(400))
                                .isTrue());
    }

    @Test
    void tls_at_the_number_of_plain_http_is_unknown() {
        String tls =
                rule("'*.example.com'", "trafficPolicy: {tls: {mode: SIMPLE}}").replace("istio-ingress", "shop");
        String entry = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: far, namespace: shop},
              spec: {hosts: ['%s'], location: MESH_EXTERNAL, resolution: %s,
              ports: [{number: 80, name: http, protocol: HTTP%s}]%s}}
            """;
        String endpoints = ", endpoints: [{address: 192.0.2.1, ports: {http: 8443}}]";

        assertThat(inside("http://far.example.com/", tls, entry.formatted("far.example.com", "DNS", "", "")))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.otherwise().orElseThrow().isAnswered(503))
                                .isTrue());
        assertThat(inside(
                        "http://far.example.com/",
                        tls,
                        entry.formatted("far.example.com", "DNS", ", targetPort: 443", "")))
                .matches(Verdict::isDelivered);
        assertThat(inside(
                        "http://far.example.com/",
                        tls,
                        entry.formatted("*.example.com", "NONE", ", targetPort: 443", "")))
                .isInstanceOf(Unknown.class);
        assertThat(inside("http://far.example.com/", tls, entry.formatted("far.example.com", "STATIC", "", endpoints)))
                .matches(Verdict::isDelivered);
        assertThat(inside("http://far.example.com/", entry.formatted("far.example.com", "DNS", "", "")))
                .matches(Verdict::isDelivered);
    }

    @Test
    void tls_inside_tls_reaches_nobody() {
        String tls =
                rule("pay.example.net", "trafficPolicy: {tls: {mode: SIMPLE}}").replace("istio-ingress", "shop");

        assertThat(inside("https://pay.example.net/", PAY, tls)).isInstanceOf(Closed.class);
        assertThat(inside("https://pay.example.net/", PAY).isDelivered()).isTrue();
        assertThat(inside("http://pay.example.net/", PAY, tls).isDelivered()).isTrue();
    }

    @Test
    void plain_http_does_not_go_to_an_entry_of_tls() {
        isPlainAtTls(outside(PAY, TO_PAY));
        isPlainAtTls(inside("http://pay.example.net/", PAY));
        isPlainAtTls(inside("http://pay.example.net:443/", PAY));
        assertThat(inside("http://pay.example.net:8080/", PAY).isDelivered()).isTrue();
    }

    @Test
    void a_rule_begins_tls_for_the_host_a_port_or_a_subset() {
        assertThat(outside(PAY, TO_PAY, rule("pay.example.net", "trafficPolicy: {tls: {mode: SIMPLE}}"))
                        .isDelivered())
                .isTrue();
        assertThat(outside(
                                PAY,
                                TO_PAY,
                                rule(
                                        "pay.example.net",
                                        "trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode:"
                                                + " SIMPLE}}]}"))
                        .isDelivered())
                .isTrue();
        isPlainAtTls(outside(
                PAY,
                TO_PAY,
                rule(
                        "pay.example.net",
                        "trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}")));
        assertThat(outside(
                                PAY,
                                TO_PAY.replace("host: pay.example.net,", "host: pay.example.net, subset: s,"),
                                rule("pay.example.net", "subsets: [{name: s, trafficPolicy: {tls: {mode: SIMPLE}}}]"))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_gateway_that_ends_tls_begins_none_to_a_port_called_https() {
        isPlainAtTls(outside(OLD, TO_OLD));
        assertThat(outside(OLD, TO_OLD.replace("443", "80")).isDelivered()).isTrue();
        assertThat(outside(OLD, TO_OLD, rule("old.legacy.svc.cluster.local", "trafficPolicy: {tls: {mode: SIMPLE}}"))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_backend_tls_policy_begins_tls_for_gateways() {
        String policy = """
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: old, namespace: legacy},
              spec: {targetRefs: [{group: "", kind: Service, name: old, sectionName: %s}],
              validation: {hostname: old.example.org, wellKnownCACertificates: System}}}
            """;

        assertThat(outside(OLD, TO_OLD, policy.formatted("https")).isDelivered())
                .isTrue();
        isPlainAtTls(outside(OLD, TO_OLD, policy.formatted("http")));
        isPlainAtTls(outside(OLD, TO_OLD, policy.formatted("https").replace("namespace: legacy", "namespace: shop")));
    }

    @Test
    void an_application_may_send_tls_itself() {
        assertThat(inside("https://old.legacy/", OLD).isDelivered()).isTrue();
        isPlainAtTls(inside("http://old.legacy:443/", OLD));
        isPlainAtTls(shop(OLD)
                .request("GET", "http://old.legacy:443/")
                .from("legacy/batch")
                .verdict());
    }

    /** The number that is called decides where only numbers tell of TLS. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resolution: DNS | false",
                "'resolution: STATIC, endpoints: [{address: 192.0.2.7}]' | false",
                "'resolution: STATIC, endpoints: [{address: 192.0.2.7, ports: {http: 8080}}]' | true"
            })
    void plain_http_goes_to_the_port_that_the_entry_really_calls(String resolution, boolean delivered) {
        String site = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: site, namespace: shop},
              spec: {hosts: [site.example.com], location: MESH_EXTERNAL, %s,
                ports: [{name: http, number: 80, protocol: HTTP, targetPort: 443}]}}
            """.formatted(resolution);

        assertThat(plain(site, routes("[{route: [{destination: {host: site.example.com}}]}]"))
                        .isDelivered())
                .isEqualTo(delivered);
    }

    @Test
    void websockets_do_not_go_over_http2() {
        String upgrade = "trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: UPGRADE%s}}}";
        String toWeb = routes("[{route: [{destination: {host: web}}]}]");
        String web = "web.shop.svc.cluster.local";

        assertThat(socket(toWeb).isDelivered()).isTrue();
        assertThat(socket(toWeb, rule(web, upgrade.formatted("")))).isInstanceOf(Answered.class);
        assertThat(socket(toWeb, rule(web, upgrade.formatted(""))).isAnswered(503))
                .isTrue();
        assertThat(socket(toWeb, rule(web, upgrade.formatted(", useClientProtocol: true")))
                        .isDelivered())
                .isTrue();
        assertThat(shop(toWeb, rule(web, upgrade.formatted("")))
                        .request("GET", "http://shop.example.org/")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void ports_of_http2_and_the_mesh_upgrade_websockets_too() {
        String mesh = "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},"
                + " data: {mesh: \"h2UpgradePolicy: UPGRADE\"}}\n";
        String toWeb = routes("[{route: [{destination: {host: web}}]}]");
        String not = rule(
                "web.shop.svc.cluster.local",
                "trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: DO_NOT_UPGRADE}}}");
        String grpc = """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: chat, namespace: shop}, spec: {selector: {app: cart},
              ports: [{name: grpc-chat, port: 80, targetPort: 8080}]}}
            """;

        assertThat(socket(mesh, toWeb).isAnswered(503)).isTrue();
        assertThat(socket(mesh, toWeb, not).isDelivered()).isTrue();
        assertThat(socket(grpc, toWeb.replace("host: web", "host: chat")).isAnswered(503))
                .isTrue();
        assertThat(socket(grpc, toWeb.replace("host: web", "host: chat"), not.replace("web.shop", "chat.shop"))
                        .isAnswered(503))
                .isTrue();
        assertThat(socket(OLD.replace("name: http,", "name: http2,"), TO_OLD.replace("443", "80")))
                .isInstanceOf(Unknown.class);
    }

    /** Servers without a proxy are sent HTTP/2 by the whole mesh's setting too (istio issue 39566). */
    @Test
    void the_mesh_upgrades_requests_to_servers_that_may_not_know_http2() {
        String mesh = "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},"
                + " data: {mesh: \"h2UpgradePolicy: UPGRADE\"}}\n";
        String site = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: site, namespace: shop},
              spec: {hosts: [site.example.com], location: MESH_EXTERNAL, resolution: DNS,
                ports: [{name: http, number: 80, protocol: HTTP}]}}
            """;
        String toSite = routes("[{route: [{destination: {host: site.example.com}}]}]");
        String toWeb = routes("[{route: [{destination: {host: web}}]}]");
        String not = rule("site.example.com", "trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: %s}}}");

        assertThat(plain(site, toSite).isDelivered()).isTrue();
        assertThat(plain(mesh, site, toSite)).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).startsWith("the request goes over HTTP/2");
            assertThat(unknown.otherwise().orElseThrow().isAnswered(502)).isTrue();
        });
        assertThat(plain(mesh, site, toSite, not.formatted("DO_NOT_UPGRADE")).isDelivered())
                .isTrue();
        assertThat(plain(mesh, site, toSite, not.formatted("UPGRADE")).isDelivered())
                .isTrue();
        assertThat(plain(
                        site,
                        toSite,
                        not.formatted("UPGRADE")
                                .replace("site.example", "\"*.example")
                                .replace(".com", ".com\"")))
                .as("a rule for many hosts")
                .isInstanceOf(Unknown.class);
        assertThat(plain(mesh, toWeb).isDelivered()).isTrue();
    }

    private static Verdict plain(String... documents) {
        return shop(documents).request("GET", "http://shop.example.org/").verdict();
    }

    private static Verdict socket(String... documents) {
        return shop(documents)
                .request("GET", "http://shop.example.org/")
                .header("Upgrade", "websocket")
                .verdict();
    }

    private static Verdict bytes(String port, String... documents) {
        String db = """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db},
              ports: [%s]}}
            """.formatted(port).concat(deployment("shop", "db"));
        return shop(db, String.join("", documents))
                .request("GET", "tcp://db.shop:%s".formatted(port.replaceAll("\\D+", "")))
                .from("shop/web")
                .verdict();
    }

    /** Sidecars that look at the first bytes of a client wait for them without end (istio issue 35232). */
    @Test
    void a_client_in_plaintext_and_a_sidecar_wait_for_each_other_where_the_server_speaks_first() {
        String plain = rule("db.shop.svc.cluster.local", "trafficPolicy: {tls: {mode: DISABLE}}")
                .replace("istio-ingress", "shop");
        String timed = "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},"
                + " data: {mesh: \"protocolDetectionTimeout: 2s\"}}\n";
        String disabled = "---\n{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default,"
                + " namespace: shop}, spec: {mtls: {mode: DISABLE}}}\n";

        assertThat(bytes("{name: mysql, port: 3306}").isDelivered()).isTrue();
        assertThat(bytes("{name: mysql, port: 3306}", plain)).isInstanceOf(Closed.class);
        assertThat(bytes("{name: mysql, port: 3306}", plain, timed).isDelivered())
                .isTrue();
        assertThat(bytes("{name: mysql, port: 3306}", plain, disabled).isDelivered())
                .isTrue();
        assertThat(bytes("{name: tcp-db, port: 3306}", plain)).isInstanceOf(Unknown.class);
        assertThat(bytes("{name: tcp-db, port: 5432}", plain).isDelivered()).isTrue();
    }

    @Test
    void the_callers_own_sidecar_waits_too_where_nothing_says_the_protocol() {
        assertThat(bytes("{name: mail, port: 110}")).isInstanceOf(Unknown.class);
        assertThat(bytes("{name: tcp-mail, port: 110}").isDelivered()).isTrue();
        // Istio takes these numbers for bytes.
        assertThat(bytes("{name: mail, port: 25}").isDelivered()).isTrue();
    }
}
