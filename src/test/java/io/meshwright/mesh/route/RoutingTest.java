package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static final String GATEWAY = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: gw, namespace: edge}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [%s], tls: {httpsRedirect: %s}}]
        """;

    private static String route(String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static RouteTable table(String hosts, boolean redirect, String... documents) {
        Mesh mesh =
                Meshes.of(Meshes.gatewayChart(), GATEWAY.formatted(hosts, redirect), String.join("\n---\n", documents));
        Pod pod = Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway");
        return mesh.gatewayRoutes()
                .of(pod, mesh.gateways().listeners(pod).get(0).servers());
    }

    private static String taken(RouteTable table, String host, String path) {
        IstioVersion version = IstioVersion.of("1.26.2");
        return table.find(host)
                .flatMap(found -> found.route(HttpRequest.of("GET", "http", host, path), version))
                .map(entry -> entry.route().owner().manifest().name())
                .orElse("404");
    }

    private static String http(String match, String destination) {
        return "http: [{match: [%s], route: [{destination: {host: %s}}]}]".formatted(match, destination);
    }

    @Test
    void the_narrower_of_the_two_hosts_is_served() {
        RouteTable table = table(
                "'*.example.com'",
                false,
                route("a", "shop", "hosts: ['*'], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")));

        assertThat(table.hosts()).extracting(VirtualHost::domain).containsExactly("*.example.com");
    }

    @Test
    void routes_of_all_virtual_services_of_a_host_are_merged_with_the_catch_all_last() {
        RouteTable table = table(
                "'*'",
                false,
                route("a", "shop", "hosts: [x.example], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")),
                route("b", "shop", "hosts: [x.example], gateways: [edge/gw], " + http("{uri: {prefix: /api}}", "api")));

        assertThat(taken(table, "x.example", "/api/x")).isEqualTo("b");
        assertThat(taken(table, "x.example", "/")).isEqualTo("a");
        assertThat(table.find("x.example").orElseThrow().dependsOnCreationOrder())
                .isTrue();
    }

    @Test
    void an_exact_host_without_a_fitting_route_does_not_fall_back_to_a_wildcard() {
        RouteTable table = table(
                "'*'",
                false,
                route("a", "shop", "hosts: [x.example], gateways: [edge/gw], " + http("{uri: {prefix: /api}}", "api")),
                route("b", "shop", "hosts: ['*.example'], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")));

        assertThat(taken(table, "x.example", "/other")).isEqualTo("404");
        assertThat(taken(table, "y.example", "/other")).isEqualTo("b");
    }

    @Test
    void only_routes_of_an_admitted_and_shown_namespace_are_served() {
        RouteTable table = table(
                "shop/x.example, ./y.example",
                false,
                route(
                        "a",
                        "shop",
                        "hosts: [x.example, y.example], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")),
                route(
                        "b",
                        "edge",
                        "hosts: [y.example], exportTo: ['.'], gateways: [gw], " + http("{uri: {prefix: /}}", "web")),
                route(
                        "c",
                        "edge",
                        "hosts: [y.example], exportTo: [istio-ingress], gateways: [./gw], "
                                + http("{uri: {prefix: /c}}", "web")));

        assertThat(taken(table, "x.example", "/")).isEqualTo("a");
        assertThat(taken(table, "y.example", "/")).isEqualTo("404");
        assertThat(taken(table, "y.example", "/c")).isEqualTo("c");
    }

    @Test
    void a_redirecting_server_redirects_hosts_with_and_without_routes() {
        RouteTable table = table(
                "x.example, y.example",
                true,
                route("a", "shop", "hosts: [x.example], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")));

        assertThat(table.hosts()).hasSize(2).allMatch(VirtualHost::redirectsToHttps);
    }

    @Test
    void only_the_hosts_of_the_redirecting_server_are_redirected() {
        Mesh mesh = Meshes.of(
                Meshes.gatewayChart(),
                GATEWAY.formatted("'*.example'", true),
                """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: plain, namespace: edge}
                spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP},
                  hosts: [x.example]}]}
                """,
                route("a", "edge", "hosts: [x.example], gateways: [plain], " + http("{uri: {prefix: /}}", "web")));
        Pod pod = Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway");
        RouteTable table = mesh.gatewayRoutes()
                .of(pod, mesh.gateways().listeners(pod).get(0).servers());

        assertThat(table.find("x.example").orElseThrow().redirectsToHttps()).isFalse();
        assertThat(table.find("z.example").orElseThrow().redirectsToHttps()).isTrue();
    }

    @Test
    void a_route_holds_on_the_ports_of_the_service_that_may_speak_http() {
        Mesh mesh = Meshes.of(
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{name: http,"
                        + " port: 81}, {name: tcp, port: 82}]}}",
                route("a", "shop", "hosts: [web, www.example.com], http: [{route: []}]"));

        assertThat(winner(mesh, "shop", "web.shop.svc.cluster.local", 81)).contains("a");
        assertThat(winner(mesh, "shop", "web.shop.svc.cluster.local", 82)).isEmpty();
        assertThat(winner(mesh, "shop", "www.example.com", 81)).contains("a");
        assertThat(winner(mesh, "shop", "www.example.com", 82)).isEmpty();
        // On port 80 what no service of that port is called is known by its whole name.
        assertThat(winner(mesh, "shop", "www.example.com", 80)).contains("a");
        assertThat(winner(mesh, "shop", "web.shop.svc.cluster.local", 80)).contains("a");
    }

    @Test
    void a_sidecar_that_does_not_import_a_virtual_service_does_not_heed_it() {
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.deployment("ops", "caller"),
                Meshes.service("shop", "web"),
                route("a", "edge", "hosts: [web.shop.svc.cluster.local], http: [{route: []}]"),
                "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: ops}, spec:"
                        + " {egress: [{hosts: ['shop/*']}]}}");

        assertThat(winner(mesh, "ops", "web.shop.svc.cluster.local", 80)).contains("a");
        assertThat(mesh.routing().mesh(Meshes.pod(mesh, "ops", "caller"), "web.shop.svc.cluster.local", 80))
                .isEmpty();
    }

    @Test
    void a_match_for_another_gateway_or_port_is_not_read() {
        RouteTable table = table(
                "'*'",
                false,
                route(
                        "a",
                        "edge",
                        "hosts: [x.example], gateways: [gw, mesh], http: [{match: [{gateways: [mesh]}], route: []},"
                                + " {match: [{port: 443}], route: []}, {match: [{sourceLabels: {app: x}}], route:"
                                + " []},{match: [{gateways: [gw], sourceLabels: {app: x}, uri: {exact: /q}}], route:"
                                + " []}]"));

        assertThat(table.find("x.example").orElseThrow().routes())
                .singleElement()
                .satisfies(entry -> assertThat(entry.source().pointer()).isEqualTo("/spec/http/3/match/0"));
    }

    @Test
    void nothing_behind_a_route_for_everything_is_sent() {
        RouteTable table = table(
                "'*'",
                false,
                route(
                        "a",
                        "edge",
                        "hosts: [x.example], gateways: [gw], http: [{match: [{uri: {prefix: /}}], route: []}, {match:"
                                + " [{uri: {prefix: /a}}], route: []}]"));

        assertThat(table.find("x.example").orElseThrow().routes()).hasSize(1);
    }

    @Test
    void on_the_mesh_the_most_specific_host_wins_and_nothing_is_merged() {
        Mesh mesh = Meshes.of(
                Meshes.service("shop", "web"),
                route("a", "shop", "hosts: [web], http: [{route: []}]"),
                route("b", "shop", "hosts: [web], http: [{route: []}]"),
                route("c", "ops", "hosts: ['*.local'], http: [{route: []}]"),
                route("d", "shop", "hosts: [web], exportTo: ['.'], http: [{route: []}]"),
                route("e", "shop", "hosts: [web], gateways: [edge/gw], http: [{route: []}]"));

        assertThat(winner(mesh, "shop", "web.shop.svc.cluster.local", 80)).contains("d");
        assertThat(winner(mesh, "ops", "web.shop.svc.cluster.local", 80)).contains("a");
        assertThat(mesh.routing().claims(new Client("ops", Map.of()), "web.shop.svc.cluster.local"))
                .extracting(claim -> claim.service().manifest().name())
                .containsExactly("a", "b", "c");
    }

    @Test
    void an_unknown_host_is_routed_on_port_80_only() {
        Mesh mesh = Meshes.of(route("a", "shop", "hosts: [www.example.com], http: [{route: []}]"));

        assertThat(winner(mesh, "shop", "www.example.com", 80)).contains("a");
        assertThat(winner(mesh, "shop", "www.example.com", 8080)).isEmpty();
    }

    @Test
    void a_virtual_service_all_of_whose_routes_are_for_others_has_no_say() {
        Mesh mesh = Meshes.of(
                Meshes.service("shop", "web"),
                route("a", "shop", "hosts: [web], http: [{match: [{sourceLabels: {app: canary}}], route: []}]"));

        assertThat(winner(mesh, "shop", "web.shop.svc.cluster.local", 80)).isEmpty();
    }

    private static Optional<String> winner(Mesh mesh, String namespace, String host, int port) {
        return mesh.routing()
                .mesh(new Client(namespace, Map.of()), host, port)
                .map(found -> found.parts().get(0).manifest().name());
    }

    @Test
    void gateways_are_named_in_four_ways() {
        assertThat(List.of("gw", "./gw", "edge/gw", "gw.edge", "gw.edge.svc.cluster.local", "mesh"))
                .extracting(name -> VirtualService.gateway(name, "shop"))
                .containsExactly("shop/gw", "shop/gw", "edge/gw", "edge/gw", "edge/gw", "mesh");
    }

    @Test
    void a_delegate_narrows_its_root_and_inherits_what_it_does_not_say() {
        Mesh mesh = Meshes.of(
                route(
                        "root",
                        "edge",
                        "hosts: [x.example], gateways: [gw], http: [{match: [{uri: {prefix: /shop}}], timeout: 3s,"
                                + " delegate: {name: inner, namespace: shop}}]"),
                route(
                        "inner",
                        "shop",
                        "http: [{match: [{uri: {prefix: /shop/cart}, headers: {a: {exact: b}}}], route: [{destination:"
                                + " {host: cart}}]},{match: [{uri: {prefix: /other}}], route: []}, {timeout: 1s, route:"
                                + " [{destination: {host: shop}}]}]"));

        List<HttpRoute> routes = mesh.virtualServices()
                .routes(mesh.virtualServices().find("edge/root").orElseThrow());
        assertThat(routes).hasSize(2);
        assertThat(routes.get(0).body().path("timeout").asText()).isEqualTo("3s");
        assertThat(routes.get(0).source().manifest().name()).isEqualTo("inner");
        assertThat(routes.get(0).destinations().get(0).namespace()).isEqualTo("shop");
        assertThat(routes.get(1).body().path("timeout").asText()).isEqualTo("1s");
        assertThat(routes.get(1).matches().get(0).body()).hasToString("{\"uri\":{\"prefix\":\"/shop\"}}");
    }

    @Test
    void a_route_to_a_delegate_that_is_missing_or_hidden_vanishes() {
        Mesh mesh = Meshes.of(
                route(
                        "root",
                        "edge",
                        "hosts: [x.example], http: [{delegate: {name: none}}, {delegate: {name: inner, namespace:"
                                + " shop}}]"),
                route("inner", "shop", "exportTo: ['.'], http: [{route: []}]"));

        assertThat(mesh.virtualServices()
                        .routes(mesh.virtualServices().find("edge/root").orElseThrow()))
                .isEmpty();
    }

    @Test
    void a_route_takes_what_fits_one_of_its_matches_and_without_any_all() {
        Mesh mesh = Meshes.of(route(
                "a",
                "shop",
                "hosts: [web], http: [{match: [{uri: {exact: /a}}, {uri: {exact: /b}}], route: []}, {route: []}]"));
        List<HttpRoute> routes = mesh.virtualServices().all().get(0).written();
        IstioVersion version = IstioVersion.of("1.26.2");

        assertThat(routes.get(0).fits(HttpRequest.of("GET", "http", "web", "/b"), version))
                .isTrue();
        assertThat(routes.get(0).fits(HttpRequest.of("GET", "http", "web", "/c"), version))
                .isFalse();
        assertThat(routes.get(1).fits(HttpRequest.of("GET", "http", "web", "/c"), version))
                .isTrue();
        assertThat(routes).noneMatch(HttpRoute::isOfGatewayApi);
    }

    @Test
    void weights_are_relative_and_a_single_destination_takes_all() {
        assertThat(shares("[{destination: {host: a}, weight: 0}]")).containsExactly(1.0);
        assertThat(shares("[{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 3},"
                        + " {destination: {host: c}}]"))
                .containsExactly(0.25, 0.75);
    }

    private static List<Double> shares(String destinations) {
        Mesh mesh = Meshes.of(route("a", "shop", "hosts: [web], http: [{route: %s}]".formatted(destinations)));
        return mesh.virtualServices().all().get(0).written().get(0).shares().stream()
                .map(HttpRoute.Share::part)
                .toList();
    }

    @Test
    void copies_of_requests_stand_where_they_are_written() {
        Mesh mesh = Meshes.of(route(
                "a",
                "shop",
                "hosts: [web], http: [{route: [], mirrors: [{destination: {host: b}, percentage: {value: 0}}, {destination:"
                        + " {host: c}, percentage: {value: 25}}]}]"));

        assertThat(mesh.virtualServices().all().get(0).written().get(0).mirrors())
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.part()).isEqualTo(0.25);
                    assertThat(share.destination().source().pointer()).startsWith("/spec/http/0/mirrors/1");
                });
    }

    @Test
    void of_two_wildcards_the_one_that_holds_the_host_is_taken() {
        RouteTable table = table(
                "'*'",
                false,
                route(
                        "a",
                        "shop",
                        "hosts: ['*.aa.example'], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")),
                route(
                        "b",
                        "shop",
                        "hosts: ['*.b.example'], gateways: [edge/gw], " + http("{uri: {prefix: /}}", "web")));

        assertThat(taken(table, "x.b.example", "/")).isEqualTo("b");
        assertThat(taken(table, "x.aa.example", "/")).isEqualTo("a");
        assertThat(taken(table, "x.c.example", "/")).isEqualTo("404");
        assertThat(table.find("x.b.example").orElseThrow().dependsOnCreationOrder())
                .isFalse();
    }
}
