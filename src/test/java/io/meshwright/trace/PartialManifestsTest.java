package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of many clusters the manifests at hand are a part: charts and operators make pods, and something fills in hosts. */
class PartialManifestsTest {
    private static final String SHOP = """
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {
          metadata: {labels: {app: web}}, spec: {containers: [{name: main}]}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: http, port: 80}]}}
        """;
    private static final String METRICS = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: prometheus, namespace: shop}, spec: {
          selector: {app.kubernetes.io/name: prometheus}, ports: [{name: http, port: 9090}]}}
        """;
    private static final String GATEWAY = """
        ---
        {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: edge, namespace: shop}, spec: {
          selector: {istio: ingressgateway}, servers: [
            {port: {number: 80, name: http, protocol: HTTP}, hosts: ["%1$s"]},
            {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["%1$s"],
              tls: {mode: SIMPLE, credentialName: edge}}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop}, spec: {
          gateways: [edge], hosts: ["%2$s"], http: [{route: [{destination: {host: web}}]}]}}
        ---
        {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: edge, namespace: istio-system},
          spec: {secretName: edge, dnsNames: ["%2$s"], issuerRef: {name: ours}}}
        """;
    private static final String INSTALLED = """
        ---
        {apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: io, namespace: istio-system},
          spec: {profile: default, tag: 1.30.0}}
        """;

    private static Trace trace(String... documents) {
        return Trace.of(Mesh.of(
                ManifestReader.of("test.yaml", String.join("", documents)).manifests(), IstioVersion.of("1.30")));
    }

    private static Verdict of(String url, String... documents) {
        return trace(documents).request("GET", url).verdict();
    }

    private static Verdict inside(String url, String... documents) {
        return trace(documents).request("GET", url).from("shop/web").verdict();
    }

    private static void assertUnknown(Verdict verdict, String why, Class<? extends Verdict> otherwise) {
        assertThat(verdict).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).contains(why);
            assertThat(unknown.otherwise()).get().isInstanceOf(otherwise);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: p, namespace: shop}}",
                "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: p, namespace: shop}}",
                "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: p, namespace: shop},"
                        + " spec: {chart: {spec: {chart: prometheus}}}}"
            })
    void pods_of_charts_and_operators_are_not_denied(String maker) {
        assertUnknown(
                inside("http://prometheus:9090/", SHOP, METRICS, "---\n", maker),
                "the pods behind prometheus.shop.svc.cluster.local are not among the manifests",
                Answered.class);
    }

    @Test
    void services_of_operators_are_not_denied() {
        String cluster =
                "---\n{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: p, namespace: shop}}";

        String url = "tcp://p-rw.shop.svc.cluster.local:5432";

        assertThat(inside(url, SHOP.replace("enabled", "disabled"))).isInstanceOf(Closed.class);
        assertUnknown(
                inside(url, SHOP.replace("enabled", "disabled"), cluster),
                "p-rw.shop.svc.cluster.local may be made from Cluster shop/p",
                Closed.class);
    }

    @Test
    void a_name_of_the_cluster_may_be_one_of_the_world() {
        assertThat(inside("http://lost.shop.svc/", SHOP)).isInstanceOf(Closed.class);
        assertUnknown(inside("http://lost.shop/", SHOP), "may be a name outside", Closed.class);
    }

    @ParameterizedTest
    @CsvSource({"lost.shop, false", "lost.shop.svc, false", "lost.shop.example.org, true", "lost.org, true"})
    void a_name_of_two_parts_is_of_the_cluster_where_the_second_is_a_namespace(String host, boolean outside) {
        assertThat(inside("http://%s/".formatted(host), SHOP).isDelivered()).isEqualTo(outside);
    }

    @Test
    void versions_of_a_namespace_leave_it_open_whether_its_pods_have_proxies() {
        String till = SHOP.replace("shop", "till");
        String strict = """
            ---
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: till},
              spec: {mtls: {mode: STRICT}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: till, labels: {%s}}}
            """;

        assertUnknown(
                inside(
                        "http://web.till/",
                        SHOP.replace("enabled", "disabled"),
                        strict.formatted("istio-injection: disabled"),
                        till),
                "which version of Namespace till is applied last decides",
                Delivered.class);
        // One that says nothing of Istio says nothing against it.
        assertThat(inside("http://web.till/", SHOP.replace("enabled", "disabled"), till, strict.formatted("team: a")))
                .isInstanceOf(Closed.class);
    }

    @Test
    void nobody_makes_pods_of_what_only_watches_or_certifies() {
        String monitor = """
            ---
            {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: m, namespace: shop}}
            ---
            {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c, namespace: shop}}
            ---
            {apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: p, namespace: other}}
            """;

        assertThat(inside("http://prometheus:9090/", SHOP, METRICS, monitor).isAnswered(503))
                .isTrue();
    }

    @Test
    void pods_of_a_namespace_without_any_are_not_denied() {
        assertUnknown(
                inside(
                        "http://prometheus.metrics:9090/",
                        SHOP,
                        METRICS.replace("namespace: shop", "namespace: metrics")),
                "the pods behind prometheus.metrics.svc.cluster.local are not among the manifests",
                Answered.class);
    }

    @Test
    void pods_that_are_scaled_away_are_known_whoever_else_makes_some() {
        String none = SHOP.replace("spec: {template", "spec: {replicas: 0, template");

        assertThat(inside(
                                "http://web/",
                                none,
                                "---\n{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: p, namespace: shop}}")
                        .isAnswered(503))
                .isTrue();
    }

    /** As a mesh's configuration is, of which nothing is written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://shop.example.org/      | ingressgateway | delivered to web",
                "https://shop.example.org/     | ingressgateway | delivered to web",
                "http://other.example.org/     | ingressgateway | answered 404 NR",
                "https://other.example.org/    | ingressgateway | no answer (NR)",
                "http://shop.example.org:8080/ | ingressgateway | unknown: the gateway's pods",
                "http://shop.example.org/      | ingress        | delivered to web",
                "http://shop.example.org/      | aks-istio-ingressgateway-external | delivered to web",
                "http://shop.example.org/      | edge           | unknown: the gateway's pods",
                "http://other.example.org/     | edge           | unknown: the gateway's pods",
            })
    void the_usual_gateway_is_taken_for_granted_where_nothing_says_how_istio_is_installed(
            String url, String selector, String end) {
        String gateway = GATEWAY.formatted("shop.example.org", "shop.example.org")
                .replace("istio: ingressgateway", "istio: ".concat(selector));

        assertThat(of(url, SHOP, gateway).summary()).startsWith(end);
        String policy = "---\n{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p,"
                + " namespace: gates}, spec: {selector: {matchLabels: {istio: %s}}, rules: [{}]}}".formatted(selector);

        assertThat(of(url, SHOP, gateway, policy).summary()).startsWith("unknown: the gateway's pods");
        assertThat(of(url, SHOP, gateway, INSTALLED.replace("profile: default", "profile: minimal"))
                        .summary())
                .startsWith("unknown: the gateway's pods");
    }

    @Test
    void a_gateway_that_serves_the_host_goes_before_services_that_are_open_themselves() {
        assertUnknown(
                of(
                        "http://shop.example.org/",
                        SHOP.replace("spec: {selector", "spec: {type: LoadBalancer, selector"),
                        GATEWAY.formatted("*", "*")),
                "the gateway's pods and their load balancer are not among the manifests",
                Delivered.class);
        assertThat(of(
                                "http://shop.example.org/",
                                SHOP.replace("spec: {selector", "spec: {type: NodePort, selector"),
                                GATEWAY.formatted("*", "*"))
                        .isDelivered())
                .isTrue();
        assertThat(of(
                        "http://blog.example.org/",
                        SHOP.replace("spec: {selector", "spec: {type: LoadBalancer, selector"),
                        GATEWAY.formatted("shop.example.org", "shop.example.org")))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("web.shop.svc.cluster.local is open to the outside itself"));
    }

    @Test
    void a_host_that_something_fills_in_is_not_denied() {
        String gateway = GATEWAY.formatted("*.${DOMAIN}", "shop.${DOMAIN}");

        for (String url : new String[] {"http://shop.example.org/", "https://shop.example.org/"}) {
            assertThat(of(url, SHOP, INSTALLED, gateway))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown -> assertThat(unknown.why()).contains("is filled in before it is applied"));
        }
        // The server may be for the name, but none of its routes is.
        assertThat(of("http://blog.example.org/", SHOP, INSTALLED, gateway).isAnswered(404))
                .isTrue();
        assertThat(of("https://x/", SHOP, INSTALLED, gateway)).isInstanceOf(Closed.class);
    }

    @Test
    void a_host_that_something_fills_in_goes_before_a_wildcard_and_not_before_the_name_itself() {
        String catchAll = """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: all, namespace: shop}, spec: {
              gateways: [edge], hosts: ["%s"], http: [{directResponse: {status: 418}}]}}
            """;

        assertUnknown(
                of(
                        "http://shop.example.org/",
                        SHOP,
                        INSTALLED,
                        GATEWAY.formatted("*", "shop.${DOMAIN}"),
                        catchAll.formatted("*")),
                "the host shop.${domain} is filled in before it is applied",
                Answered.class);
        assertThat(of(
                                "http://shop.example.org/",
                                SHOP,
                                INSTALLED,
                                GATEWAY.formatted("*", "shop.${DOMAIN}"),
                                catchAll.formatted("shop.example.org"))
                        .isAnswered(418))
                .isTrue();
        assertThat(of(
                                "http://blog.example.org/",
                                SHOP,
                                INSTALLED,
                                GATEWAY.formatted("*", "shop.${DOMAIN}"),
                                catchAll.formatted("*"))
                        .isAnswered(418))
                .isTrue();
    }

    @Test
    void an_entry_whose_host_something_fills_in_may_admit_a_call_outside() {
        String closed = """
            ---
            {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop}, spec: {
              outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: s3, namespace: shop}, spec: {
              hosts: ["s3.${DOMAIN}"], location: MESH_EXTERNAL, resolution: DNS,
              ports: [{number: 443, name: tls, protocol: TLS}]}}
            """;

        assertUnknown(
                inside("https://s3.example.org/", SHOP, closed),
                "the host s3.${domain} is filled in before it is applied",
                Closed.class);
        assertThat(inside("https://db.example.org/", SHOP, closed)).isInstanceOf(Closed.class);
    }

    @Test
    void versions_of_one_object_are_no_rivals_by_age() {
        String version = """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop}, spec: {
              hosts: [web], http: [{directResponse: {status: %d}}]}}
            """;

        assertUnknown(
                inside("http://web/", SHOP, version.formatted(200), version.formatted(418)),
                "which version of VirtualService shop/web is applied last decides whose routes count",
                Answered.class);
        assertUnknown(
                inside(
                        "http://web/",
                        SHOP,
                        version.formatted(200),
                        version.formatted(418).replace("name: web", "name: v")),
                "which of two VirtualServices for host web.shop.svc.cluster.local was created first",
                Answered.class);
    }

    private static final String UNTOLD = SHOP.replace("shop", "till")
            + SHOP.substring(0, SHOP.indexOf("---", 5))
            + SHOP.substring(SHOP.indexOf("---", 5), SHOP.lastIndexOf("---"));

    /** The same without the labels of the namespace that is called. */
    private static String untold() {
        return UNTOLD.replace(
                "{apiVersion: v1, kind: Namespace, metadata: {name: till, labels: {istio-injection: enabled}}}", "");
    }

    @Test
    void whether_a_server_has_a_proxy_does_not_matter_to_plain_http() {
        assertThat(inside("http://web.till/", untold())).isInstanceOf(Delivered.class);
        assertThat(of(
                        "http://shop.example.org/",
                        untold(),
                        INSTALLED,
                        GATEWAY.formatted("*", "*").replace("host: web", "host: web.till.svc.cluster.local")))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void whether_a_server_has_a_proxy_matters_to_bytes_at_a_port_of_http() {
        assertUnknown(
                inside("tcp://web.till:80", untold()),
                "the labels of namespace till are not among the manifests",
                Delivered.class);
    }

    static Stream<String> heeded() {
        return Stream.of(
                "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: till},"
                        + " spec: {mtls: {mode: STRICT}}}",
                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: till},"
                        + " spec: {rules: [{to: [{operation: {methods: [GET]}}]}]}}",
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: till},"
                        + " spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}}",
                "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: p, namespace: till},"
                        + " spec: {ingress: [{port: {number: 80, name: http, protocol: HTTP}}]}}");
    }

    @ParameterizedTest
    @MethodSource("heeded")
    void whether_a_server_has_a_proxy_matters_where_something_is_there_for_it(String object) {
        assertUnknown(
                inside("http://web.till/", untold(), "---\n", object),
                "the labels of namespace till are not among the manifests",
                Delivered.class);
    }
}
