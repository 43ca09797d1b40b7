package io.meshwright.check.rule.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.rule.destination.LocalityOfMeshHeeded;
import io.meshwright.check.rule.route.ManagementPathsRefused;
import io.meshwright.check.rule.service.NodesAnswer;
import io.meshwright.manifest.ManifestReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How grave it is what clients outside meet depends on how much of the cluster is among the manifests. */
class EdgeSeveritiesTest {
    private static final String GATEWAY = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: public, namespace: shop}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: shop, namespace: shop}
        spec:
          hosts: [shop.example.com]
          gateways: [public]
          http: [{route: [{destination: {host: shop}}]}]
        ---
        {apiVersion: v1, kind: Service, metadata: {name: shop, namespace: shop}, spec: {selector: {app: shop}, ports: [{name: http, port: 80, targetPort: 8080}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop, namespace: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata:
              labels: {app: shop}
              annotations: {prometheus.io/scrape: "true", prometheus.io/port: "8080", prometheus.io/path: /actuator/prometheus}
            spec: {containers: [{name: shop, image: "example.com/shop:1.0.0", ports: [{containerPort: 8080}]}]}
        """;
    private static final String EDGE = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: edge, namespace: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: edge}}
          template:
            metadata: {labels: {app: edge}}
            spec:
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: edge}}}
              containers: [{name: edge, image: "example.com/edge:1.0.0", ports: [{containerPort: 8080}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: edge, namespace: shop}
        spec:
          type: NodePort
          externalTrafficPolicy: Local
          selector: {app: edge}
          ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]
        """;

    @Test
    void endpoints_behind_a_gateway_whose_pods_are_elsewhere_are_a_note() {
        assertThat(severities(ManagementPathsRefused.MANAGEMENT_PATH_OPEN, GATEWAY))
                .containsExactly(Severity.INFO);
    }

    @Test
    void endpoints_behind_a_gateway_that_only_the_cluster_reaches_are_nothing() {
        assertThat(severities(ManagementPathsRefused.MANAGEMENT_PATH_OPEN, GATEWAY.concat(gateway("ClusterIP"))))
                .isEmpty();
        assertThat(severities(ManagementPathsRefused.MANAGEMENT_PATH_OPEN, GATEWAY.concat(gateway("LoadBalancer"))))
                .containsExactly(Severity.WARNING);
    }

    @Test
    void nodes_without_a_pod_are_a_warning_where_there_are_some_and_a_note_where_nobody_says() {
        assertThat(severities(NodesAnswer.NODE_PORT_DROPS, EDGE)).containsExactly(Severity.INFO);
        assertThat(severities(NodesAnswer.NODE_PORT_DROPS, EDGE.concat(nodes(2))))
                .isEmpty();
        assertThat(severities(NodesAnswer.NODE_PORT_DROPS, EDGE.concat(nodes(3))))
                .containsExactly(Severity.WARNING);
    }

    @Test
    void a_mesh_that_only_switches_localities_on_is_told_in_a_note() {
        String mesh = """
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            metadata: {name: mesh, namespace: istio-system}
            spec: {meshConfig: {localityLbSetting: {%s}}}
            """;

        assertThat(severities(LocalityOfMeshHeeded.MESH_LOCALITY_WITHOUT_DETECTION, mesh.formatted("enabled: true")))
                .containsExactly(Severity.INFO);
        assertThat(severities(LocalityOfMeshHeeded.MESH_LOCALITY_WITHOUT_DETECTION, mesh.formatted("enabled: false")))
                .isEmpty();
        assertThat(severities(
                        LocalityOfMeshHeeded.MESH_LOCALITY_WITHOUT_DETECTION,
                        mesh.formatted("distribute: [{from: west, to: {west: 100}}]")))
                .isEmpty();
    }

    private static String gateway(String type) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: istio-ingressgateway, namespace: istio-system}
            spec:
              selector: {matchLabels: {istio: ingressgateway}}
              template:
                metadata: {labels: {istio: ingressgateway}}
                spec: {containers: [{name: istio-proxy, image: "docker.io/istio/proxyv2:1.30.3", args: [proxy, router]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: istio-ingressgateway, namespace: istio-system}
            spec: {type: %s, selector: {istio: ingressgateway}, ports: [{name: http2, port: 80, targetPort: 8080}]}
            """.formatted(type);
    }

    private static String nodes(int number) {
        StringBuilder nodes = new StringBuilder();
        for (int node = 1; node <= number; node++) {
            nodes.append("---\n{apiVersion: v1, kind: Node, metadata: {name: node-%d}}\n".formatted(node));
        }
        return nodes.toString();
    }

    private static List<Severity> severities(Rule rule, String text) {
        return Checks.run(ManifestReader.of("edge.yaml", text), Optional.empty()).all().stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::severity)
                .toList();
    }
}
