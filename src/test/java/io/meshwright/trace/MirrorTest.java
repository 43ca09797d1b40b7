package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorTest {
    private static final String MESH = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: other, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shadow, namespace: shop, annotations: {networking.istio.io/exportTo: .}}
        spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: web}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: caller, namespace: other}
        spec: {selector: {matchLabels: {app: caller}}, template: {metadata: {labels: {app: caller}}, spec: {containers: [{name: main, image: web}]}}}
        ---
        """;

    private static List<String> mirrors(String route) {
        return Trace.of(Mesh.of(
                        ManifestReader.of("mesh.yaml", MESH.concat(route)).manifests()))
                .request("GET", "http://web.shop.svc.cluster.local/")
                .from("other/caller")
                .path()
                .handling()
                .orElseThrow()
                .mirrors();
    }

    private static List<String> written(String mirror) {
        return mirrors("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web], http: [{route: [{destination: {host: web}}], %s}]}
            """.formatted(mirror));
    }

    @Test
    void copies_are_those_of_which_more_than_nothing_is_copied() {
        assertThat(written("mirror: {host: shadow}")).containsExactly("shadow");
        assertThat(written("mirror: {host: shadow}, mirrorPercentage: {value: 5}"))
                .containsExactly("shadow (5 %)");
        assertThat(written("mirror: {host: shadow}, mirrorPercentage: {value: 0}"))
                .isEmpty();
        assertThat(written("mirrors: [{destination: {host: shadow}}, {destination: {host: web}, percentage: {}}]"))
                .containsExactly("shadow");
    }

    @Test
    void a_mirror_of_a_route_in_the_mesh_stays_whoever_may_see_its_service() {
        assertThat(mirrors("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: web, namespace: shop}
                spec:
                  parentRefs: [{group: "", kind: Service, name: web}]
                  rules:
                    - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}}}]
                      backendRefs: [{name: web, port: 80}]
                """)).containsExactly("shadow.shop.svc.cluster.local");
    }
}
