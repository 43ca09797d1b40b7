package io.meshwright.mesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.MeshConfig.Outbound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarsTest {
    private static String sidecar(String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static Mesh mesh(String... sidecars) {
        return Meshes.of(
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                Meshes.service("ops", "loki"),
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec:"
                        + " {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}]}}",
                String.join("\n---\n", sidecars));
    }

    private static Sidecars.Way way(Mesh mesh, String host, int port) {
        return mesh.sidecars().way(Meshes.pod(mesh, "shop", "web"), host, port);
    }

    @ParameterizedTest
    @CsvSource({"web, 80", "web.shop, 80", "loki.ops.svc, 80", "loki.ops.svc.cluster.local, 80", "api.example.com, 443"
    })
    void without_a_sidecar_object_all_that_is_shown_is_known(String host, int port) {
        assertThat(way(mesh(), host, port).isKnown()).isTrue();
    }

    @Test
    void a_port_that_the_service_lacks_is_not_known() {
        assertThat(way(mesh(), "web", 8080).isKnown()).isFalse();
        assertThat(way(mesh(), "web", 8080).service()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "./*, true, false",
        "ops/*, false, true",
        "*/*, true, true",
        "~/*, false, false",
        "ops/loki.ops.svc.cluster.local, false, true",
        "*/*.shop.svc.cluster.local, true, false",
        "ops/*.loki.ops.svc.cluster.local, false, false"
    })
    void only_what_is_imported_is_known(String entry, boolean web, boolean loki) {
        Mesh mesh = mesh(sidecar("default", "shop", "egress: [{hosts: ['%s']}]".formatted(entry)));

        assertThat(way(mesh, "web", 80).isKnown()).isEqualTo(web);
        assertThat(way(mesh, "loki.ops", 80).isKnown()).isEqualTo(loki);
    }

    @Test
    void the_one_for_the_workload_comes_before_the_namespaces_before_the_roots() {
        String root = sidecar("root", "istio-system", "egress: [{hosts: ['./*']}]");
        String namespace = sidecar("all", "shop", "egress: [{hosts: ['ops/*']}]");
        String workload = sidecar("web", "shop", "workloadSelector: {labels: {app: web}}, egress: [{hosts: ['~/*']}]");

        assertThat(chosen(root)).isEqualTo("root");
        assertThat(way(mesh(root), "web", 80).isKnown()).isTrue();
        assertThat(chosen(root, namespace)).isEqualTo("all");
        assertThat(chosen(root, namespace, workload)).isEqualTo("web");
        assertThat(chosen(root, sidecar("web", "shop", "workloadSelector: {labels: {app: other}}")))
                .isEqualTo("root");
    }

    private static String chosen(String... sidecars) {
        Mesh mesh = mesh(sidecars);
        return mesh.sidecars()
                .of(Meshes.pod(mesh, "shop", "web"))
                .orElseThrow()
                .manifest()
                .name();
    }

    @Test
    void a_listener_for_a_port_imports_for_that_port() {
        Mesh mesh = mesh(sidecar("default", "shop", "egress: [{port: {number: 80}, hosts: ['ops/*']}]"));

        assertThat(way(mesh, "loki.ops", 80).isKnown()).isTrue();
        assertThat(way(mesh, "api.example.com", 443).isKnown()).isFalse();
    }

    @Test
    void an_outbound_policy_without_a_mode_blocks_what_is_not_known() {
        assertThat(way(mesh(), "other.example.com", 443).isBlocked()).isFalse();
        assertThat(way(mesh(sidecar("a", "shop", "outboundTrafficPolicy: {}")), "other.example.com", 443)
                        .isBlocked())
                .isTrue();
        assertThat(way(mesh(sidecar("a", "shop", "outboundTrafficPolicy: {mode: ALLOW_ANY}")), "other.example.com", 443)
                        .outbound())
                .isEqualTo(Outbound.ALLOW_ANY);
    }

    @Test
    void the_mesh_decides_where_no_sidecar_object_does() {
        Mesh mesh =
                mesh("{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}'}}");

        assertThat(way(mesh, "other.example.com", 443).isBlocked()).isTrue();
        assertThat(way(mesh, "api.example.com", 443).isBlocked()).isFalse();
    }
}
