package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.waypoint.Waypoint;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The VirtualServices that sidecars and waypoints heed, and their order. */
class MeshRoutesTest {
    private static final String WEB = "web.shop.svc.cluster.local";

    private static String route(String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static String entry(String host, String more) {
        return "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec: {hosts: ['%s'], ports: [{number: 80, name: http, protocol: HTTP}]%s}}"
                .formatted(host, more);
    }

    private static List<String> claims(Mesh mesh, String namespace, String host) {
        return mesh.routing().claims(new Client(namespace, Map.of()), host).stream()
                .map(claim -> claim.service().manifest().name())
                .toList();
    }

    @Test
    void what_only_the_client_sees_goes_before_what_is_shown_to_it_before_what_all_see() {
        Mesh mesh = Meshes.of(
                route("a", "ops", "hosts: [%s]".formatted(WEB)),
                route("b", "ops", "hosts: [%s], exportTo: [shop]".formatted(WEB)),
                route("c", "shop", "hosts: [%s], exportTo: ['.']".formatted(WEB)),
                route("d", "ops", "hosts: [%s], exportTo: [edge]".formatted(WEB)));

        assertThat(claims(mesh, "shop", WEB)).containsExactly("c", "b", "a");
        assertThat(claims(mesh, "edge", WEB)).containsExactly("d", "a");
    }

    @Test
    void each_claims_once_by_its_most_specific_host() {
        Mesh mesh = Meshes.of(
                route("a", "ops", "hosts: ['*.example', '*']"), route("b", "ops", "hosts: [x.example, '*.example']"));

        assertThat(claims(mesh, "shop", "x.example")).containsExactly("b", "a");
        assertThat(claims(mesh, "shop", "*.example")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // host and more of an entry, and whether the wildcard is then for others
                "a.example | '' | true",
                "a.example.org | '' | false",
                "a.example | ', exportTo: [\".\"]' | false",
                "x.example | '' | false"
            })
    void a_wildcard_over_services_that_the_client_knows_is_for_them_alone(String host, String more, boolean others) {
        Mesh mesh = Meshes.of(
                entry(host, more),
                route("a", "ops", "hosts: ['*.example'], http: [{route: [{destination: {host: b}}]}]"));

        assertThat(mesh.routing()
                        .mesh(new Client("ops", Map.of()), "x.example", 80)
                        .isEmpty())
                .isEqualTo(others);
    }

    @Test
    void a_service_that_the_sidecar_does_not_import_takes_no_wildcard() {
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.deployment("ops", "caller"),
                entry("a.example", ""),
                route("a", "ops", "hosts: ['*.example'], http: [{route: [{destination: {host: b}}]}]"),
                "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: ops}, spec:"
                        + " {egress: [{hosts: ['ops/*']}]}}");

        assertThat(mesh.routing().mesh(Meshes.pod(mesh, "ops", "caller"), "x.example", 80))
                .isPresent();
    }

    private static Mesh waypoint(String release, String... routes) {
        return Meshes.of(
                IstioVersion.of(release),
                "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}}",
                "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {namespace: edge, name: way}, spec:"
                        + " {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces:"
                        + " {from: All}}}]}}",
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web")
                        .replace(
                                "namespace: shop}",
                                "namespace: shop, labels: {istio.io/use-waypoint: way, istio.io/use-waypoint-namespace:"
                                        + " edge}}"),
                String.join("\n---\n", routes));
    }

    private static Pod proxy(Mesh mesh, Service web) {
        return mesh.waypoints()
                .between(Meshes.pod(mesh, "shop", "web"), web)
                .flatMap(Waypoint::proxy)
                .orElseThrow();
    }

    @Test
    void a_waypoint_heeds_routes_for_its_service_from_there_and_from_its_own_namespace() {
        String http = "hosts: [%s], http: [{route: [{destination: {host: b}}]}]";
        Mesh mesh = waypoint(
                "1.30.0",
                route("a", "shop", http.formatted("web")),
                route("b", "edge", http.formatted(WEB)),
                route("c", "edge", http.formatted("'*.local'")),
                route("d", "shop", http.formatted("cart")),
                route("e", "ops", http.formatted(WEB)));
        Service web = mesh.services().kubernetes("shop", "web").orElseThrow();

        assertThat(mesh.routing().heededAtWaypoint(proxy(mesh, web), web))
                .extracting(service -> service.manifest().name())
                .containsExactly("a", "b", "c");
    }

    @Test
    void the_first_with_routes_of_http_is_the_one_that_a_waypoint_without_merging_heeds() {
        String[] routes = {
            route("a", "shop", "hosts: [web], tcp: [{route: [{destination: {host: b}}]}]"),
            route("b", "shop", "hosts: [web], http: [{match: [{uri: {prefix: /b}}], route: []}]"),
            route("c", "shop", "hosts: [web], http: [{route: []}]")
        };

        assertThat(parts(waypoint("1.26.2", routes))).containsExactly("b");
        assertThat(parts(waypoint("1.30.0", routes))).containsExactly("b", "c");
    }

    private static List<String> parts(Mesh mesh) {
        Service web = mesh.services().kubernetes("shop", "web").orElseThrow();
        return mesh.routing().waypoint(proxy(mesh, web), web, 80, mesh.version()).orElseThrow().parts().stream()
                .map(service -> service.manifest().name())
                .toList();
    }
}
