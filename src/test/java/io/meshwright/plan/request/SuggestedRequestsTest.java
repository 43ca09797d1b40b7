package io.meshwright.plan.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.request.Request;
import org.junit.jupiter.api.Test;

class SuggestedRequestsTest {
    @Test
    void leaves_out_hosts_and_ports_to_which_nobody_can_send_anything() {
        Mesh mesh = Mesh.of(ManifestReader.of("gateway.yaml", """
                        apiVersion: networking.istio.io/v1
                        kind: Gateway
                        metadata: {name: edge, namespace: shop}
                        spec:
                          selector: {istio: ingressgateway}
                          servers:
                            - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*-x", "-3", "web.example.org"]}
                            - {port: {number: 66000, name: far, protocol: HTTP}, hosts: ["far.example.org"]}
                        ---
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: web, namespace: shop}
                        spec:
                          hosts: ["*-x", "web.example.org", "far.example.org"]
                          gateways: [edge]
                          http: [{route: [{destination: {host: web}}]}]
                        """).manifests());

        assertThat(SuggestedRequests.outside(mesh)).extracting(Request::host).containsOnly("web.example.org");
        assertThat(SuggestedRequests.plain(mesh)).containsExactlyElementsOf(SuggestedRequests.outside(mesh));
    }
}
