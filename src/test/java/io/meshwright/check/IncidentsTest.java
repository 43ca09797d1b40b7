package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.rule.authentication.PlaintextCallerAdmitted;
import io.meshwright.check.rule.authorization.CallersWrittenAsIdentities;
import io.meshwright.check.rule.authorization.PolicyNamedAsItActs;
import io.meshwright.check.rule.authorization.PreflightAdmitted;
import io.meshwright.check.rule.destination.OutlierDetectionWorks;
import io.meshwright.check.rule.destination.TlsAgrees;
import io.meshwright.check.rule.gateway.EdgeSpeaksHttps;
import io.meshwright.check.rule.gateway.OneIngressLayer;
import io.meshwright.check.rule.object.Deprecations;
import io.meshwright.check.rule.route.DelegatesMeet;
import io.meshwright.check.rule.route.RouteToKnownSubset;
import io.meshwright.check.rule.route.StreamsUninterrupted;
import io.meshwright.check.rule.route.SubPathsAgree;
import io.meshwright.check.rule.service.ServerSpeaksFirst;
import io.meshwright.check.rule.workload.KialiPermitted;
import io.meshwright.check.rule.workload.ProxyMemoryBounded;
import io.meshwright.check.rule.workload.ScrapeThroughProxy;
import io.meshwright.check.rule.workload.StateKept;
import org.junit.jupiter.api.Test;

/** The manifests that caused the incidents of three platforms, each refused with the object and the way out. */
class IncidentsTest {
    private static final String MESH = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: legacy, labels: {istio-injection: disabled}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: istio-ingressgateway, namespace: istio-system}
        spec:
          selector: {matchLabels: {istio: ingressgateway}}
          template:
            metadata:
              labels: {istio: ingressgateway, sidecar.istio.io/inject: "true"}
              annotations: {inject.istio.io/templates: gateway}
            spec: {serviceAccountName: istio-ingressgateway, containers: [{name: istio-proxy, image: auto}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: istio-ingressgateway, namespace: istio-system}
        spec:
          selector: {istio: ingressgateway}
          ports: [{name: http2, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 443, name: https, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: shop}, hosts: ["*.example.com"]}]
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}]}]}}}
        """;

    private static String route(String http) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: [www.example.com]
              gateways: [edge]
              http:
                - %s
            """.formatted(http.indent(6).strip());
    }

    private static void refused(Rule rule, String object, String remedy, String... manifests) {
        Findings before = Meshed.check(MESH);
        String[] all = new String[manifests.length + 1];
        all[0] = MESH;
        System.arraycopy(manifests, 0, all, 1, manifests.length);

        assertThat(before.all()).isEmpty();
        assertThat(Meshed.check(all).errors()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.object()).isEqualTo(object);
            assertThat(finding.remedy()).contains(remedy);
        });
    }

    @Test
    void i1_a_policy_that_demands_a_token_of_preflights() {
        refused(
                PreflightAdmitted.PREFLIGHT_REFUSED,
                "AuthorizationPolicy istio-system/require-jwt",
                "OPTIONS",
                route("""
            corsPolicy: {allowOrigins: [{exact: "https://example.com"}]}
            route: [{destination: {host: web}}]
            """),
                """
            apiVersion: security.istio.io/v1
            kind: RequestAuthentication
            metadata: {name: jwt, namespace: istio-system}
            spec:
              selector: {matchLabels: {istio: ingressgateway}}
              jwtRules: [{issuer: "https://id.example.com", jwksUri: "https://id.example.com/keys", forwardOriginalToken: true}]
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: require-jwt, namespace: istio-system}
            spec:
              selector: {matchLabels: {istio: ingressgateway}}
              rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]
            """);
    }

    @Test
    void i2_a_rule_that_speaks_plaintext_to_a_strict_workload() {
        refused(TlsAgrees.TLS_DISAGREES, "DestinationRule shop/web", "Remove tls", """
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop}, spec: {mtls: {mode: STRICT}}}
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: web, namespace: shop}, spec: {host: web, trafficPolicy: {tls: {mode: DISABLE}}}}
            """);
    }

    @Test
    void i2_a_caller_without_a_proxy_of_a_strict_workload() {
        refused(
                PlaintextCallerAdmitted.PLAINTEXT_CALLER_OF_STRICT,
                "Deployment legacy/batch",
                "Inject the caller",
                """
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop}, spec: {mtls: {mode: STRICT}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: batch, namespace: legacy}
            spec:
              selector: {matchLabels: {app: batch}}
              template:
                metadata: {labels: {app: batch}}
                spec: {containers: [{name: batch, image: "batch:1", env: [{name: WEB_URL, value: "http://web.shop.svc.cluster.local:80"}]}]}
            """);
    }

    @Test
    void i3_a_timeout_and_retries_on_a_stream() {
        refused(StreamsUninterrupted.STREAM_INTERRUPTED, "VirtualService shop/web", "without a timeout", route("""
            match: [{uri: {prefix: /api/management/chat/}}]
            timeout: 15s
            route: [{destination: {host: web}}]
            """));
    }

    @Test
    void i4_a_sidecar_of_eight_gibibytes() {
        refused(ProxyMemoryBounded.PROXY_MEMORY_EXCESSIVE, "Deployment shop/big", "1Gi", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: big, namespace: shop}
            spec:
              selector: {matchLabels: {app: big}}
              template:
                metadata: {labels: {app: big}, annotations: {sidecar.istio.io/proxyMemoryLimit: 8Gi}}
                spec: {containers: [{name: big, image: "big:1"}]}
            """);
    }

    @Test
    void i5_a_dashboard_without_a_volume() {
        refused(StateKept.STATE_WITHOUT_VOLUME, "Deployment legacy/grafana", "PersistentVolumeClaim", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: grafana, namespace: legacy}
            spec: {selector: {matchLabels: {app: grafana}}, template: {metadata: {labels: {app: grafana}}, spec: {containers: [{name: grafana, image: "grafana/grafana:11.0.0"}]}}}
            """);
    }

    @Test
    void i5_a_volume_that_a_rolling_update_cannot_remount() {
        refused(StateKept.VOLUME_NOT_REMOUNTED, "Deployment legacy/prometheus", "Recreate", """
            {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: legacy}, spec: {accessModes: [ReadWriteOnce]}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: prometheus, namespace: legacy}
            spec:
              selector: {matchLabels: {app: prometheus}}
              template:
                metadata: {labels: {app: prometheus}}
                spec:
                  containers: [{name: prometheus, image: "prom/prometheus:v3.0.0"}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            """);
    }

    @Test
    void i6_kiali_without_its_service_account() {
        refused(KialiPermitted.KIALI_WITHOUT_RIGHTS, "Deployment legacy/kiali", "ServiceAccount", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: kiali, namespace: legacy}
            spec:
              selector: {matchLabels: {app: kiali}}
              template:
                metadata: {labels: {app: kiali}}
                spec: {serviceAccountName: kiali, containers: [{name: kiali, image: "quay.io/kiali/kiali:v2.0"}]}
            """);
    }

    @Test
    void i7_a_tool_that_does_not_know_its_sub_path() {
        refused(SubPathsAgree.SUB_PATH_DISAGREES, "VirtualService shop/web", "--web.external-url", route("""
            match: [{uri: {prefix: /prometheus}}]
            route: [{destination: {host: prometheus}}]
            """), """
            {apiVersion: v1, kind: Service, metadata: {name: prometheus, namespace: shop}, spec: {selector: {app: prometheus}, ports: [{name: http, port: 9090}]}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: prometheus, namespace: shop}
            spec: {selector: {matchLabels: {app: prometheus}}, template: {metadata: {labels: {app: prometheus}}, spec: {containers: [{name: prometheus, image: "prom/prometheus:v3.0.0"}]}}}
            """);
    }

    @Test
    void i8_a_database_that_speaks_first_on_a_guessed_port() {
        refused(ServerSpeaksFirst.SERVER_FIRST_GUESSED, "Service shop/mysql", "appProtocol: tcp", """
            {apiVersion: v1, kind: Service, metadata: {name: mysql, namespace: shop}, spec: {selector: {app: mysql}, ports: [{name: db, port: 3307}]}}
            """);
    }

    @Test
    void i9_nginx_in_front_of_the_gateway() {
        refused(OneIngressLayer.TWO_INGRESS_LAYERS, "Ingress istio-system/front", "remove the Ingress", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: front, namespace: istio-system}
            spec: {ingressClassName: nginx, defaultBackend: {service: {name: istio-ingressgateway, port: {number: 80}}}}
            """);
    }

    @Test
    void i10_a_circuit_breaker_that_ejects_everything() {
        refused(
                OutlierDetectionWorks.EJECTION_EMPTIES_SERVICE,
                "DestinationRule shop/web",
                "consecutiveGatewayErrors",
                """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop}
            spec: {host: web, trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3, maxEjectionPercent: 100}}}
            """);
    }

    @Test
    void i11_a_policy_whose_name_and_principal_mean_nothing() {
        String policy = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: deny-all, namespace: shop}
            spec: {rules: [{from: [{source: {principals: [service-account]}}]}]}
            """;

        refused(
                PolicyNamedAsItActs.NAME_CONTRADICTS_RULES,
                "AuthorizationPolicy shop/deny-all",
                "Rename the policy",
                policy);
        refused(
                CallersWrittenAsIdentities.PRINCIPAL_FITS_NOBODY,
                "AuthorizationPolicy shop/deny-all",
                "cluster.local/ns/",
                policy);
    }

    @Test
    void i12_settings_that_nobody_reads() {
        refused(Deprecations.SETTING_IGNORED, "DestinationRule shop/web", "consecutive5xxErrors", """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop}
            spec: {host: web, trafficPolicy: {outlierDetection: {consecutiveErrors: 3, maxEjectionPercent: 50}}}
            """);
        // MetalLB reads both prefixes still
        assertThat(Meshed.check(MESH, """
            apiVersion: v1
            kind: Service
            metadata: {name: lb, namespace: istio-system, annotations: {metallb.universe.tf/address-pool: local-pool}}
            spec: {type: LoadBalancer, ports: [{name: http, port: 80}]}
            """).all()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(Deprecations.SETTING_DEPRECATED);
            assertThat(finding.object()).isEqualTo("Service istio-system/lb");
            assertThat(finding.remedy()).contains("metallb.io/address-pool");
        });
    }

    @Test
    void i13_metrics_read_past_mutual_tls() {
        refused(ScrapeThroughProxy.SCRAPE_REFUSED, "Deployment shop/app", "enablePrometheusMerge", """
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop}, spec: {mtls: {mode: STRICT}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app, namespace: shop}
            spec:
              selector: {matchLabels: {app: app}}
              template:
                metadata:
                  labels: {app: app}
                  annotations: {prometheus.io/scrape: "true", prometheus.io/port: "8080", prometheus.istio.io/merge-metrics: "false"}
                spec: {containers: [{name: app, image: "app:1"}]}
            """);
    }

    @Test
    void i14_a_route_without_hosts_and_one_to_a_subset_that_nobody_defines() {
        refused(DelegatesMeet.ROUTE_WITHOUT_HOSTS, "VirtualService shop/hello", "Add hosts", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: hello, namespace: shop}
            spec: {http: [{route: [{destination: {host: web}}]}]}
            """);
        refused(
                RouteToKnownSubset.ROUTE_TO_UNKNOWN_SUBSET,
                "VirtualService shop/web",
                "Define the subset",
                route("route: [{destination: {host: web, subset: stable}}]"));
    }

    @Test
    void i15_a_public_host_in_plain_text() {
        assertThat(Meshed.check(MESH, """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: plain, namespace: shop}
            spec:
              selector: {istio: ingressgateway}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.jiminhome.shop"]}]
            """).warnings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(EdgeSpeaksHttps.EDGE_WITHOUT_HTTPS);
            assertThat(finding.object()).isEqualTo("Gateway shop/plain");
            assertThat(finding.remedy()).contains("port 443");
        });
    }
}
