package io.meshwright.mesh.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pods that a Gateway means, and the ports at which they listen for it. */
class GatewayPodsTest {
    private static final String PODS = """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: gw, namespace: %1$s}, spec: {template: {
          metadata: {labels: {istio: gw}, annotations: {inject.istio.io/templates: gateway}},
          spec: {containers: [{name: istio-proxy, image: auto}]}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: gw, namespace: %1$s, labels: {%2$s}}, spec: {
          selector: {istio: gw}, ports: [{name: other, port: 81, targetPort: 8081}, {name: http, port: 80, targetPort: 8080}]}}
        """;

    private static String gateway(String metadata, String selector) {
        return "{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g, namespace: edge%s}, spec: {selector: {%s}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}}"
                .formatted(metadata, selector);
    }

    private static Mesh mesh(String labels, String... more) {
        return Meshes.of(
                Meshes.injected("edge"),
                Meshes.injected("shop"),
                PODS.formatted("edge", labels),
                PODS.formatted("shop", ""),
                Meshes.deployment("shop", "web"),
                String.join("\n---\n", more));
    }

    private static List<String> pods(Mesh mesh) {
        return mesh.gateways().pods(mesh.gateways().find("edge/g").orElseThrow()).stream()
                .map(Pod::toString)
                .toList();
    }

    private static List<Integer> ports(Mesh mesh, String namespace) {
        return ports(mesh, namespace, "gw");
    }

    private static List<Integer> ports(Mesh mesh, String namespace, String pod) {
        return mesh.gateways().listeners(Meshes.pod(mesh, namespace, pod)).stream()
                .map(Listener::port)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"true, 'edge/gw'", "false, 'edge/gw,shop/gw'"})
    void a_control_plane_can_keep_gateways_to_their_namespaces(String scoped, String expected) {
        String istiod = """
            {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod}, spec: {
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.26.2,
                helm: {valuesObject: {pilot: {env: {PILOT_SCOPE_GATEWAY_TO_NAMESPACE: "%s"}}}}},
              destination: {namespace: istio-system}}}
            """.formatted(scoped);
        for (String selector : List.of("istio: gw", "")) {
            Mesh mesh = mesh("", istiod, gateway("", selector));

            assertThat(String.join(",", pods(mesh))).isEqualTo(expected);
            assertThat(ports(mesh, "edge")).containsExactly(8080);
            assertThat(ports(mesh, "shop").isEmpty()).isEqualTo(scoped.equals("true"));
        }
    }

    @Test
    void a_gateway_for_services_means_the_pods_of_those_in_its_own_namespace() {
        String services =
                ", annotations: {internal.istio.io/gateway-service: 'gw.edge.svc.cluster.local,gw.shop.svc.cluster.local'}";
        Mesh mesh = mesh("", gateway(services, ""));

        assertThat(pods(mesh)).containsExactly("edge/gw");
        assertThat(ports(mesh, "edge")).containsExactly(8080);
        assertThat(ports(mesh, "shop")).isEmpty();
        Mesh other = mesh("", gateway(services.replace("gw.edge", "other.edge"), ""));
        assertThat(pods(other)).isEmpty();
        assertThat(ports(other, "edge")).isEmpty();
    }

    @Test
    void a_label_of_the_service_keeps_ports_as_gateways_number_them() {
        String plain = gateway("", "istio: gw");

        assertThat(ports(mesh("", plain), "edge")).containsExactly(8080);
        assertThat(ports(mesh("experimental.istio.io/disable-gateway-port-translation: 'true'", plain), "edge"))
                .containsExactly(80);
    }

    @Test
    void a_certificate_that_is_not_granted_is_told_of_the_pods_of_its_gateway_alone() {
        String tls = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: %1$s, namespace: edge}, spec: {
              gatewayClassName: istio, listeners: [{name: https, port: 443, protocol: HTTPS,
                tls: {certificateRefs: [{name: %1$s, namespace: %2$s}]}}]}}
            """;
        Mesh mesh = Meshes.of(
                IstioVersion.of("1.30.0"),
                tls.formatted("a", "certificates")
                        .replace("istio, ", "istio, allowedListeners: {namespaces: {from: All}}, "),
                tls.formatted("b", "edge"),
                "{apiVersion: gateway.networking.k8s.io/v1, kind: ListenerSet, metadata: {name: more, namespace: shop}, spec:"
                        + " {parentRef: {name: a, namespace: edge}, listeners: [{name: x, port: 8090, protocol: HTTP}]}}");

        assertThat(mesh.gateways().ungranted(Meshes.pod(mesh, "edge", "a-istio")))
                .singleElement()
                .satisfies(place -> assertThat(place.pointer()).isEqualTo("/spec/listeners/0/tls/certificateRefs/0"));
        assertThat(ports(mesh, "edge", "a-istio")).contains(8090);
        assertThat(mesh.gateways().ungranted(Meshes.pod(mesh, "edge", "b-istio")))
                .isEmpty();
    }
}
