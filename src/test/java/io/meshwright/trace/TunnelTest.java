package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static io.meshwright.trace.WaypointTest.LABELLED;
import static io.meshwright.trace.WaypointTest.WAY;
import static io.meshwright.trace.WaypointTest.gateway;
import static io.meshwright.trace.WaypointTest.namespace;
import static io.meshwright.trace.WaypointTest.route;
import static io.meshwright.trace.WaypointTest.service;
import static io.meshwright.trace.WaypointTest.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;

/** Connections to pods in ambient mode and from them: who is in a tunnel, and what a name or an address leads to. */
class TunnelTest {
    private static final String FLAT = namespace("flat", "");
    private static final String SIDECARS =
            "{apiVersion: v1, kind: Namespace, metadata: {name: old, labels: {istio-injection: enabled}}}";
    private static final String API = service("old", "api", "").concat(deployment("old", "api"));
    private static final String STRICT = peers("istio-system", "STRICT");
    private static final String WEB = service("flat", "web", "");
    private static final String ONLY_API =
            "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: a, namespace: flat}, spec: {"
                    + "selector: {matchLabels: {app: web}}, rules: [{from: [{source: {principals:"
                    + " [cluster.local/ns/old/sa/api]}}]}]}}";

    private static String peers(String namespace, String mode) {
        return "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: %s}, spec: {mtls: {mode: %s}}}"
                .formatted(namespace, mode);
    }

    private static String rule(String namespace, String host, String mode) {
        return route(
                "DestinationRule", "d", namespace, "host: %s, trafficPolicy: {tls: {mode: %s}}".formatted(host, mode));
    }

    private static String config(String mesh) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: '%s'}}"
                .formatted(mesh);
    }

    private static String entry(String labels, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: flat, labels: {%s}}, spec: {%s}}"
                .formatted(labels, spec);
    }

    private static Verdict fromSidecar(String url, String... documents) {
        return trace("1.30.3", documents).request("GET", url).from("old/api").verdict();
    }

    private static Verdict fromZtunnel(String version, String url, String... documents) {
        return trace(version, documents).request("GET", url).from("flat/job").verdict();
    }

    @Test
    void a_sidecars_calls_to_pods_behind_ztunnels_are_tunnelled_whatever_a_rule_says_of_tls() {
        for (String mode : new String[] {"DISABLE", "ISTIO_MUTUAL"}) {
            assertThat(fromSidecar(
                                    "http://web.flat/",
                                    FLAT,
                                    SIDECARS,
                                    API,
                                    WEB,
                                    STRICT,
                                    ONLY_API,
                                    rule("old", "web.flat.svc.cluster.local", mode))
                            .isDelivered())
                    .as(mode)
                    .isTrue();
        }
        assertThat(fromSidecar("http://web.flat/", FLAT, SIDECARS, API, WEB, peers("flat", "DISABLE"), ONLY_API)
                        .isDelivered())
                .isTrue();
    }

    @Test
    void mutual_tls_inside_the_tunnel_reaches_the_application_before_1_25_1() {
        Trace trace =
                trace("1.25.0", FLAT, SIDECARS, API, WEB, rule("old", "web.flat.svc.cluster.local", "ISTIO_MUTUAL"));

        assertThat(trace.request("GET", "http://web.flat/")
                        .from("old/api")
                        .verdict()
                        .isAnswered(503))
                .isTrue();
    }

    @Test
    void a_sidecars_calls_to_the_addresses_of_a_headless_service_are_in_no_tunnel() {
        String headless = WEB.replace("spec: {selector", "spec: {clusterIP: None, selector")
                .replace("port: 80, ", "port: 8080, ");

        assertThat(fromSidecar("http://web.flat:8080/", FLAT, SIDECARS, API, headless)
                        .isDelivered())
                .isTrue();
        assertThat(fromSidecar("http://web.flat:8080/", FLAT, SIDECARS, API, headless, STRICT)
                        .isAnswered(503))
                .isTrue();
    }

    @Test
    void a_sidecar_takes_a_ztunnels_tunnel_where_injection_was_told_so() {
        assertThat(fromZtunnel("1.30.3", "http://api.old/", FLAT, SIDECARS, API, STRICT)
                        .isDelivered())
                .isTrue();
        assertThat(fromZtunnel(
                        "1.30.3",
                        "http://api.old/",
                        FLAT,
                        SIDECARS,
                        API,
                        STRICT,
                        config("{rootNamespace: istio-system}")))
                .isInstanceOf(Closed.class);
        assertThat(fromZtunnel(
                                "1.30.3",
                                "http://api.old/",
                                FLAT,
                                SIDECARS,
                                API,
                                STRICT,
                                config("{defaultConfig: {proxyMetadata: {ISTIO_META_ENABLE_HBONE: \"true\"}}}"))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void tls_that_a_waypoint_begins_goes_to_the_application_inside_the_tunnel() {
        String secured = LABELLED.replace("name: http, port: 80", "name: https, port: 80");

        assertThat(fromZtunnel("1.30.3", "http://web.flat/", FLAT, WAY, secured))
                .isInstanceOf(Unknown.class);
        assertThat(fromZtunnel("1.30.3", "http://web.flat/", FLAT, WAY, secured, STRICT, rule("flat", "web", "SIMPLE"))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void connections_go_by_the_routes_of_a_waypoint_from_1_26_on() {
        String moved = route(
                "VirtualService",
                "v",
                "flat",
                "hosts: [web], tcp: [{route: [{destination: {host: job, port: {number: 3306}}}]}]");

        assertThat(trace("1.26.0", FLAT, WAY, LABELLED, moved)
                        .request("GET", "tcp://web.flat:3306")
                        .from("flat/job")
                        .verdict()
                        .summary())
                .contains("job.flat");
        assertThat(trace("1.25.5", FLAT, WAY, LABELLED, moved)
                        .request("GET", "tcp://web.flat:3306")
                        .from("flat/job")
                        .verdict()
                        .summary())
                .contains("web.flat");
    }

    @Test
    void an_address_leads_to_the_service_that_has_it() {
        String addressed = WEB.replace("spec: {selector", "spec: {clusterIP: 10.96.0.7, selector");
        String closed = ONLY_API.replace("old/sa/api", "no/sa/body");

        assertThat(fromZtunnel("1.30.3", "http://10.96.0.7/", FLAT, addressed, closed))
                .isInstanceOf(Closed.class);
        assertThat(trace(
                                "1.30.3",
                                FLAT,
                                addressed,
                                closed,
                                "{apiVersion: v1, kind: Namespace, metadata: {name: bare}}",
                                deployment("bare", "cron"))
                        .request("GET", "http://10.96.0.7/")
                        .from("bare/cron")
                        .verdict())
                .isInstanceOf(Closed.class);
    }

    @Test
    void an_entrys_name_leads_to_its_pods_where_ztunnels_answer_dns() {
        String pods = entry(
                "",
                "hosts: [a.example.com], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP,"
                        + " targetPort: 8080}], workloadSelector: {labels: {app: web}}");
        String closed = ONLY_API.replace("old/sa/api", "no/sa/body");

        assertThat(fromZtunnel("1.30.3", "http://a.example.com/", FLAT, pods, closed))
                .isInstanceOf(Closed.class);
        assertThat(fromZtunnel("1.24.0", "http://a.example.com/", FLAT, pods, closed)
                        .isDelivered())
                .isTrue();
        assertThat(fromZtunnel(
                                "1.30.3",
                                "http://a.example.com/",
                                FLAT,
                                pods.replace(
                                        "labels: {}",
                                        "labels: {networking.istio.io/enable-autoallocate-ip: \"false\"}"),
                                closed)
                        .isDelivered())
                .isTrue();
    }

    @Test
    void the_label_for_gateways_counts_since_1_24_and_that_of_a_namespace_since_1_25() {
        String wall =
                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: w, namespace: flat}, spec: {"
                        + "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: way}]}}";
        String edge = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: flat}, spec: {
              gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: flat}, spec: {
              parentRefs: [{name: edge}], rules: [{backendRefs: [{name: web, port: 80}]}]}}
            """;
        String own = service("flat", "web", "istio.io/use-waypoint: way, istio.io/ingress-use-waypoint: \"true\"");
        String around = namespace("flat", "istio.io/ingress-use-waypoint: \"true\"");

        assertThat(outside("1.23.4", FLAT, WAY, own, wall, edge).isDelivered()).isTrue();
        assertThat(outside("1.24.0", FLAT, WAY, own, wall, edge).isAnswered(403))
                .isTrue();
        assertThat(outside("1.24.0", around, WAY, LABELLED, wall, edge).isDelivered())
                .isTrue();
        assertThat(outside("1.25.0", around, WAY, LABELLED, wall, edge).isAnswered(403))
                .isTrue();
    }

    private static Verdict outside(String version, String... documents) {
        return trace(version, documents)
                .request("GET", "http://any.example.com/")
                .verdict();
    }

    @Test
    void a_waypoint_that_nobody_tells_to_take_tls_for_a_domain_closes_it() {
        String domain = entry(
                "istio.io/use-waypoint: way",
                "hosts: [\"*.example.com\"], location: MESH_EXTERNAL, resolution: DYNAMIC_DNS, ports: [{number: 443, name: tls,"
                        + " protocol: TLS}, {number: 80, name: http, protocol: HTTP}]");

        assertThat(fromZtunnel("1.30.3", "https://a.example.com/", FLAT, WAY, domain))
                .isInstanceOf(Closed.class);
        assertThat(fromZtunnel("1.30.3", "http://a.example.com/", FLAT, gateway("flat", "way", "", ""), domain)
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_share_of_the_calls_may_go_through_a_second_waypoint_from_1_31_on() {
        String both = LABELLED.replace(
                "istio.io/use-waypoint: way}",
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new}, annotations:"
                        + " {istio.io/use-waypoint-canary-weight: \"10\"}");

        assertThat(fromZtunnel("1.31.0", "http://web.flat/", FLAT, WAY, both))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("10 % of the calls go through the waypoint flat/new"));
        assertThat(fromZtunnel("1.30.3", "http://web.flat/", FLAT, WAY, both).isDelivered())
                .isTrue();
        assertThat(fromZtunnel("1.31.0", "http://web.flat/", FLAT, WAY, both.replace("\"10\"", "\"0\""))
                        .isDelivered())
                .isTrue();
    }
}
