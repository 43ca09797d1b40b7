package io.meshwright.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pods and Services that istiod makes of Gateways of the Gateway API. */
class ApiGatewayTest {
    private static String gateway(String metadata, String spec) {
        return "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: shop%s}, spec: {%s}}"
                .formatted(metadata, spec);
    }

    private static String gatewayClass(String name, String controller) {
        return "{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: %s}, spec: {controllerName: %s}}"
                .formatted(name, controller);
    }

    @ParameterizedTest
    @CsvSource({"istio, true", "ours, true", "theirs, false", "gone, false", "istio-waypoint, false"})
    void a_gateway_is_istiods_by_the_controller_of_its_class(String name, boolean istios) {
        Manifests manifests = Meshes.manifests(
                gateway("", "gatewayClassName: %s, listeners: []".formatted(name)),
                gatewayClass("ours", "istio.io/gateway-controller"),
                gatewayClass("theirs", "example.com/other"));

        assertThat(ApiGateway.of(manifests)).hasSize(istios ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | edge-istio.shop.svc.cluster.local",
                "addresses: [{value: 192.0.2.1}] | edge-istio.shop.svc.cluster.local",
                "'addresses: [{type: IPAddress, value: 192.0.2.1}]' | edge-istio.shop.svc.cluster.local",
                "'addresses: [{type: Hostname, value: ingress}]' | ingress.shop.svc.cluster.local",
                "'addresses: [{type: Hostname, value: in.edge.svc.cluster.local}]' | in.edge.svc.cluster.local",
                "'addresses: [{value: 192.0.2.1}, {value: 192.0.2.2}]' | 192.0.2.1,192.0.2.2"
            })
    void istiod_makes_pods_unless_an_address_names_a_service(String addresses, String hosts) {
        Mesh mesh = Meshes.of(gateway("", "gatewayClassName: istio, listeners: [], ".concat(addresses)));
        ApiGateway gateway = ApiGateway.of(mesh.manifests()).get(0);

        assertThat(String.join(",", gateway.services(mesh.config()))).isEqualTo(hosts);
        assertThat(mesh.pods().in("shop")).hasSize(hosts.startsWith("edge-istio") ? 1 : 0);
    }

    @Test
    void its_pods_have_the_labels_of_its_infrastructure_and_its_service_one_port_for_each_number() {
        Mesh mesh = Meshes.of(gateway(
                "",
                "gatewayClassName: istio, infrastructure: {labels: {team: web}}, listeners: [{name: a, port: 80,"
                        + " protocol: HTTP, hostname: a.example}, {name: b, port: 80, protocol: HTTP, hostname: b.example},"
                        + " {name: c, port: 443, protocol: HTTPS}, {name: d}]"));
        Pod pod = Meshes.pod(mesh, "shop", "edge-istio");
        Service service = mesh.services().kubernetes("shop", "edge-istio").orElseThrow();

        assertThat(pod.labels())
                .containsEntry("team", "web")
                .containsEntry("gateway.networking.k8s.io/gateway-name", "edge");
        assertThat(service.ports()).extracting(ServicePort::number).containsExactly(15021, 80, 443);
        assertThat(mesh.services().pods(service)).isEqualTo(List.of(pod));
    }

    @Test
    void an_annotation_gives_pods_service_and_account_another_name() {
        Mesh mesh = Meshes.of(gateway(
                ", annotations: {gateway.istio.io/name-override: front, gateway.istio.io/service-account: entry}",
                "gatewayClassName: istio, listeners: []"));

        assertThat(Meshes.pod(mesh, "shop", "front").serviceAccount()).isEqualTo("entry");
        assertThat(mesh.services().kubernetes("shop", "front")).isPresent();
        assertThat(mesh.services().kubernetes("shop", "edge-istio")).isEmpty();
    }
}
