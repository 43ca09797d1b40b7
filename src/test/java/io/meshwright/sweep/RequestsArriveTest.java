package io.meshwright.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.ManifestReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsArriveTest {
    private static final String GATEWAY = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: public, namespace: edge}
        spec:
          selector: {istio: public}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [web.example.org]}]
        ---
        """;
    private static final String POD = """
        apiVersion: v1
        kind: Service
        metadata: {name: public, namespace: edge}
        spec: {type: LoadBalancer, selector: {istio: public}, ports: [{name: http2, port: 80, targetPort: 8080}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: public, namespace: edge}
        spec:
          selector: {matchLabels: {istio: public}}
          template:
            metadata:
              labels: {istio: public, sidecar.istio.io/inject: "true"}
              annotations: {inject.istio.io/templates: gateway}
            spec: {serviceAccountName: public, containers: [{name: istio-proxy, image: auto}]}
        ---
        """;
    private static final String WEB = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web.example.org]
          gateways: [edge/public]
          http:
            - match: [{uri: {prefix: /a}}]
              route: [{destination: {host: web, subset: v1}}]
            - match: [{uri: {prefix: /b}}]
              route: [{destination: {host: web, subset: v1}}]
            - route: [{destination: {host: web}}]
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: shop}
        spec: {host: web, exportTo: [.], subsets: [{name: v1, labels: {app: web}}]}
        ---
        """;
    private static final String PODS = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: web}]}}}
        """;

    private static List<Finding> swept(String... documents) {
        return Checks.run(ManifestReader.of("mesh.yaml", String.join("", documents)), Optional.empty()).all().stream()
                .filter(finding -> new RequestsArrive().rules().contains(finding.rule()))
                .toList();
    }

    @Test
    void one_cause_is_told_once() {
        assertThat(swept(GATEWAY, POD, WEB, PODS)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(RequestsArrive.REQUEST_FAILS);
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message())
                    .contains("GET http://web.example.org/a from internet", "no subset v1", "1 more");
        });
    }

    @Test
    void what_a_gateway_sees_that_somebody_else_installs_is_not_known() {
        assertThat(swept(GATEWAY, WEB, PODS)).isEmpty();
    }

    @Test
    void a_service_whose_pods_may_lie_elsewhere_or_start_later_is_let_alone() {
        assertThat(swept(GATEWAY, POD, WEB.replace(", subset: v1", ""))).isEmpty();
        assertThat(swept(
                        GATEWAY,
                        POD,
                        WEB.replace(", exportTo: [.]", ""),
                        PODS.replace("spec: {selector", "spec: {replicas: 0, selector")))
                .isEmpty();
    }

    @Test
    void a_host_that_may_lie_elsewhere_is_let_alone() {
        assertThat(swept(GATEWAY, POD, WEB.replace("host: web, subset: v1", "host: argocd-server.argocd"), PODS))
                .isEmpty();
    }

    @Test
    void what_a_check_explains_is_not_told_again() {
        assertThat(swept(GATEWAY, POD, WEB.replace("subset: v1", "subset: v2"), PODS))
                .isEmpty();
        assertThat(swept(GATEWAY, POD, WEB.replace("subset: v1", "subset: '{{ .Values.subset }}'"), PODS))
                .isEmpty();
    }

    @Test
    void always_tells_the_same() {
        List<String> first =
                swept(GATEWAY, POD, WEB, PODS).stream().map(Finding::toString).toList();

        for (int run = 0; run < 5; run++) {
            assertThat(swept(GATEWAY, POD, WEB, PODS))
                    .extracting(Finding::toString)
                    .isEqualTo(first);
        }
    }

    @Test
    void routes_are_asked_of_callers_to_whom_they_are_shown() {
        String shown = """
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: other, labels: {istio-injection: enabled}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: caller, namespace: other}
            spec: {selector: {matchLabels: {app: caller}}, template: {metadata: {labels: {app: caller}}, spec: {containers: [{name: main, image: caller}]}}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: own, namespace: %s}
            spec:
              hosts: [web.shop.svc.cluster.local]
              exportTo: [.]
              http: [{match: [{uri: {prefix: /%s}}], route: [{destination: {host: web.shop.svc.cluster.local}}]}]
            """;

        assertThat(swept(WEB, PODS, shown.formatted("shop", "shop"))).isEmpty();
    }

    @Test
    void a_gateway_that_asks_for_certificates_is_shown_one_with_bytes_too() {
        String bytes = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: tcp, port: 1883}]}}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: public, namespace: edge}
            spec:
              selector: {istio: public}
              servers: [{port: {number: 80, name: tls, protocol: TLS}, hosts: [mq.example.org], tls: {mode: MUTUAL, credentialName: mq}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: mq, namespace: shop}
            spec:
              hosts: [mq.example.org]
              gateways: [edge/public]
              tcp: [{match: [{port: 80}], route: [{destination: {host: web, port: {number: 1883}}}]}]
            ---
            """;

        assertThat(swept(bytes, POD, PODS)).isEmpty();
    }

    /** A rule for TLS of an egress gateway acts on what it passes on too (istio issue 23740). */
    @Test
    void routes_for_tls_of_callers_inside_are_asked_too() {
        String egress = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: news, namespace: edge}
            spec: {hosts: [news.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}, {number: 80, name: http, protocol: HTTP}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: news, namespace: edge}
            spec:
              selector: {istio: public}
              servers: [{port: {number: 80, name: tls, protocol: TLS}, hosts: [news.example.com], tls: {mode: PASSTHROUGH}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: news, namespace: edge}
            spec:
              hosts: [news.example.com]
              gateways: [mesh, news]
              http:
                - match: [{gateways: [mesh], port: 80}]
                  route: [{destination: {host: news.example.com, port: {number: 443}}}]
              tls:
                - match: [{gateways: [mesh], sniHosts: [news.example.com]}]
                  route: [{destination: {host: public.edge.svc.cluster.local, port: {number: 80}}}]
                - match: [{gateways: [news], sniHosts: [news.example.com]}]
                  route: [{destination: {host: news.example.com, port: {number: 443}%s}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: news, namespace: edge}
            spec: {host: news.example.com, trafficPolicy: {tls: {mode: SIMPLE}}, subsets: [{name: as-is, trafficPolicy: {tls: {mode: DISABLE}}}]}
            ---
            """;
        String own = POD.replace("{name: http2, port: 80", "{name: tls, port: 80");

        assertThat(swept(egress.formatted(""), own, PODS))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("TLS around the client's own"));
        assertThat(swept(egress.formatted(", subset: as-is"), own, PODS)).isEmpty();
    }
}
