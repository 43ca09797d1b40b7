package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final String GATEWAYS = """
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: edge}}
      ---
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: %1$s, namespace: edge}, spec: {template: {
        metadata: {labels: {edge: %1$s}}, spec: {containers: [{name: istio-proxy, image: proxyv2,
        args: [proxy, router]}]}}}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: %1$s, namespace: edge}, spec: {type: %2$s, %3$s,
        selector: {edge: %1$s}, ports: [{name: http, port: 80, targetPort: 8080, nodePort: %4$d}]}%5$s}
      ---
      {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: %1$s, namespace: edge}, spec: {
        selector: {edge: %1$s}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}}
      ---
      {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: %1$s, namespace: edge}, spec: {
        gateways: [%1$s], hosts: ["*"], http: [{route: [{destination: {host: %1$s-app}}]}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: %1$s-app, namespace: edge}, spec: {selector: {app: %1$s},
        ports: [{name: http, port: 8000}]}}
      ---
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: %1$s-app, namespace: edge}, spec: {template: {
        metadata: {labels: {app: %1$s}}, spec: {containers: [{name: main}]}}}}
      """;
    private static final String ONE =
            GATEWAYS.formatted("one", "LoadBalancer", "loadBalancerIP: 203.0.113.1", 30001, "");
    private static final String TWO = GATEWAYS.formatted(
            "two",
            "LoadBalancer",
            "externalIPs: [203.0.113.2]",
            30002,
            ", status: {loadBalancer: {ingress: [{ip: 203.0.113.3}, {hostname: two.lb.example.net}]}}");

    private static Trace trace(String... documents) {
        return Trace.of(Mesh.of(
                ManifestReader.of("test.yaml", String.join("\n", documents)).manifests(), IstioVersion.of("1.26.2")));
    }

    private static String end(Trace trace, String url) {
        Verdict verdict = trace.request("GET", url).verdict();
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).host().split("-")[0]
                : verdict instanceof Unknown ? "unknown" : "closed";
    }

    @Test
    void the_port_of_a_node_leads_to_the_gateway_whose_service_has_it() {
        Trace trace = trace(ONE, TWO);

        assertThat(end(trace, "http://node-1:30001/")).isEqualTo("one");
        assertThat(end(trace, "http://198.51.100.7:30002/")).isEqualTo("two");
        assertThat(end(trace, "http://node-1:30003/")).isEqualTo("closed");
    }

    @Test
    void the_step_names_the_port_of_the_node() {
        Path path = trace(ONE).request("GET", "http://node-1:30001/").path();

        assertThat(path.hops().get(0).steps()).first().satisfies(step -> {
            assertThat(step.what()).isEqualTo("port 30001 of every node leads to port 8080 of edge/one");
            assertThat(step.decidedBy().get(0).pointer()).isEqualTo("/spec/ports/0/nodePort");
        });
    }

    @Test
    void the_address_of_a_load_balancer_leads_to_its_gateway_alone() {
        Trace trace = trace(ONE, TWO);

        assertThat(end(trace, "http://203.0.113.1/")).isEqualTo("one");
        assertThat(end(trace, "http://203.0.113.2/")).isEqualTo("two");
        assertThat(end(trace, "http://203.0.113.3/")).isEqualTo("two");
        assertThat(end(trace, "http://two.lb.example.net/")).isEqualTo("two");
        assertThat(end(trace, "http://203.0.113.4/")).isEqualTo("unknown");
    }

    @Test
    void a_service_of_the_cluster_is_open_to_nobody_outside() {
        assertThat(end(trace(ONE.replace("LoadBalancer", "ClusterIP")), "http://node-1:30001/"))
                .isEqualTo("closed");
        assertThat(end(trace(ONE.replace("LoadBalancer", "NodePort")), "http://node-1:30001/"))
                .isEqualTo("one");
    }

    @Test
    void a_service_that_is_open_itself_is_past_the_gateways() {
        assertThat(trace(ONE, """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: edge}, spec: {type: LoadBalancer,
          selector: {app: one}, ports: [{port: 5432}]}}
        """).request("GET", "tcp://db.example.org:5432").verdict())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("db.edge.svc.cluster.local is open to the outside itself"));
    }

    @Test
    void a_gateway_that_demands_a_certificate_closes_calls_without_one() {
        String mutual = ONE.replace(
                "name: http, protocol: HTTP}",
                "name: https, protocol: HTTPS}, tls: {mode: %s," + " credentialName: c}");
        Trace demanding = trace(mutual.formatted("MUTUAL"));

        assertThat(demanding.request("GET", "https://a.example.org:80/").verdict())
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.why()).contains("demands a client certificate"));
        assertThat(demanding
                        .request("GET", "https://a.example.org:80/")
                        .clientCertificate()
                        .verdict()
                        .isDelivered())
                .isTrue();
        assertThat(end(trace(mutual.formatted("OPTIONAL_MUTUAL")), "https://a.example.org:80/"))
                .isEqualTo("one");
    }

    @Test
    void without_the_gateways_pods_it_is_said_what_to_add() {
        String withoutPods = ONE.substring(ONE.indexOf("---\n{apiVersion: networking.istio.io/v1, kind: Gateway"));
        String policy = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: one, namespace: edge}, spec: {
              rules: [{to: [{operation: {methods: [GET]}}]}]}}
            """;

        assertThat(trace(withoutPods, policy)
                        .request("GET", "http://a.example.org/")
                        .verdict())
                .isInstanceOfSatisfying(Unknown.class, unknown -> {
                    assertThat(unknown.why()).contains("add the Application of the gateway chart");
                    // One reason does not hide the other.
                    assertThat(unknown.why()).endsWith("the labels of namespace edge are not among the manifests");
                    assertThat(unknown.otherwise()).get().isInstanceOf(Delivered.class);
                });
    }

    @Test
    void an_egress_gateway_is_open_to_nobody_outside_and_health_is_the_gateways_own_affair() {
        Trace trace = trace("""
        {apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: io, namespace: istio-system},
          spec: {profile: demo, tag: 1.26.2}}
        """);

        assertThat(trace.request("GET", "https://a.example.org/").verdict()).isInstanceOf(Closed.class);
        assertThat(trace.request("GET", "http://a.example.org:15021/healthz/ready")
                        .verdict())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("whether it is ready"));
    }

    @Test
    void a_gateway_reads_http_by_its_server_whatever_the_port_of_its_service_is_called() {
        String egress = """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: egress, namespace: legacy}, spec: {selector: {istio: egress},
              ports: [{name: %s, port: 443, targetPort: 8443}]}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: egress, namespace: legacy}
            spec:
              selector: {matchLabels: {istio: egress}}
              template:
                metadata:
                  labels: {istio: egress, sidecar.istio.io/inject: "true"}
                  annotations: {inject.istio.io/templates: gateway}
                spec: {containers: [{name: istio-proxy, image: auto}]}
            ---
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: egress, namespace: legacy},
              spec: {selector: {istio: egress}, servers: [{port: {number: 443, name: https, protocol: HTTPS},
              hosts: [far.example.com], tls: {mode: ISTIO_MUTUAL}}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: far, namespace: shop},
              spec: {hosts: [far.example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: egress, namespace: shop},
              spec: {host: egress.legacy.svc.cluster.local,
              trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: far.example.com}}}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: far, namespace: shop}
            spec:
              hosts: [far.example.com]
              gateways: [mesh, legacy/egress]
              http:
                - match: [{gateways: [mesh]}]
                  route: [{destination: {host: egress.legacy.svc.cluster.local, port: {number: 443}}}]
                - match: [{gateways: [legacy/egress]}]
                  route: [{destination: {host: far.example.com, port: {number: 80}}}]
            """;

        for (String name : new String[] {"https", "tcp", "http"}) {
            assertThat(Samples.shop(egress.formatted(name))
                            .request("GET", "http://far.example.com/")
                            .from("shop/web")
                            .verdict()
                            .isDelivered())
                    .as(name)
                    .isTrue();
        }
    }
}
