package io.meshwright.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which listeners of a Gateway take a route, and why another does not. */
class ApiListenerTest {
    private static final String GATEWAY = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public, namespace: edge}
        spec:
          gatewayClassName: istio
          listeners: [%s]
        """;
    private static final String NAMESPACES = """
        {apiVersion: v1, kind: Namespace, metadata: {name: edge}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}}
        """;

    private static String route(String kind, String parent, String hostnames) {
        return """
            apiVersion: gateway.networking.k8s.io/v1
            kind: %s
            metadata: {name: r, namespace: shop}
            spec: {parentRefs: [{name: public, namespace: edge%s}], hostnames: [%s], rules: [{backendRefs: [{name: web, port: 80}]}]}
            """.formatted(kind, parent, hostnames);
    }

    private static Mesh mesh(String listeners, String route) {
        return Meshes.of(IstioVersion.of("1.30.0"), NAMESPACES, GATEWAY.formatted(listeners), route);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: a, port: 80, protocol: HTTP} | HTTPRoute | "
                        + "| takes no routes of namespace \"shop\" (allowedRoutes, by default those of its own alone)",
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: None}}} | HTTPRoute | "
                        + "| takes no routes of namespace \"shop\" (allowedRoutes, by default those of its own alone)",
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector:"
                        + " {matchLabels: {team: b}}}}} | HTTPRoute | "
                        + "| takes no routes of namespace \"shop\" (allowedRoutes, by default those of its own alone)",
                "{name: a, port: 80, protocol: HTTP, hostname: x.example.org, allowedRoutes: {namespaces: {from: All}}}"
                        + " | HTTPRoute | | has the hostname \"x.example.org\", which none of the route's meets",
                "{name: a, port: 80, protocol: TCP, allowedRoutes: {namespaces: {from: All}}} | HTTPRoute | "
                        + "| takes no HTTPRoute",
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}}"
                        + " | HTTPRoute | | takes no HTTPRoute",
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}} | TLSRoute | "
                        + "| takes no TLSRoute",
                "{name: a, port: 80, protocol: HTTP}, {name: b, port: 81, protocol: HTTP, allowedRoutes: {namespaces:"
                        + " {from: All}}} | HTTPRoute | , sectionName: a"
                        + "| takes no routes of namespace \"shop\" (allowedRoutes, by default those of its own alone)",
                "{name: a, port: 80, protocol: HTTP}, {name: b, port: 81, protocol: HTTP, allowedRoutes: {namespaces:"
                        + " {from: All}}} | HTTPRoute | , port: 80"
                        + "| takes no routes of namespace \"shop\" (allowedRoutes, by default those of its own alone)"
            })
    void a_route_is_told_why_its_parent_does_not_take_it(String listeners, String kind, String parent, String why) {
        Mesh mesh = mesh(listeners, route(kind, parent == null ? "" : parent, "shop.example.org"));

        assertThat(mesh.refusedRoutes())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.why())
                        .startsWith("listener \"a\" of ")
                        .endsWith(" " + why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}} | HTTPRoute | ''",
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector:"
                        + " {matchLabels: {team: a}}}}} | HTTPRoute | ''",
                "{name: a, port: 80, protocol: HTTP, hostname: '*.example.org', allowedRoutes: {namespaces: {from:"
                        + " All}}} | GRPCRoute | ''",
                "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}, kinds: [{kind:"
                        + " GRPCRoute}, {kind: HTTPRoute}]}} | HTTPRoute | ''",
                "{name: a, port: 443, protocol: TLS, tls: {mode: Passthrough}, allowedRoutes: {namespaces: {from:"
                        + " All}}} | TLSRoute | ''",
                "{name: b, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP, allowedRoutes: {namespaces:"
                        + " {from: All}}} | HTTPRoute | ''",
                "{name: b, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP, allowedRoutes: {namespaces:"
                        + " {from: All}}} | HTTPRoute | ', port: 81, sectionName: a'"
            })
    void a_route_that_is_taken_by_one_is_refused_by_none(String listeners, String kind, String parent) {
        assertThat(mesh(listeners, route(kind, parent, "shop.example.org")).refusedRoutes())
                .isEmpty();
    }

    @Test
    void labels_that_nobody_tells_refuse_nothing() {
        String selecting =
                "{name: a, port: 80, protocol: HTTP, %sallowedRoutes: {namespaces: {from: Selector, selector:"
                        + " {matchLabels: {team: a}}}}}";
        String unlabelled = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: shop}}";
        String route = route("HTTPRoute", "", "shop.example.org");

        assertThat(Meshes.of(unlabelled, GATEWAY.formatted(selecting.formatted("")), route)
                        .refusedRoutes())
                .isEmpty();
        assertThat(Meshes.of(unlabelled, GATEWAY.formatted(selecting.formatted("hostname: shop.example.org, ")), route)
                        .refusedRoutes())
                .isEmpty();
        assertThat(Meshes.of(unlabelled, GATEWAY.formatted(selecting.formatted("hostname: x.example.org, ")), route)
                        .refusedRoutes())
                .hasSize(1);
    }

    @Test
    void a_host_belongs_to_the_listener_that_names_it_most_exactly() {
        String listener =
                "{name: %s, port: 80, protocol: HTTP, hostname: '%s', allowedRoutes: {namespaces: {from: %s}}}";

        // the exact listener takes no routes from elsewhere, and the wide one does not serve its host
        assertThat(hosts(listener.formatted("wide", "*.example.org", "All") + ", "
                        + listener.formatted("exact", "shop.example.org", "Same")))
                .isEmpty();
        assertThat(hosts(listener.formatted("wide", "*.example.org", "All") + ", "
                        + listener.formatted("other", "x.example.org", "Same")))
                .containsExactly("shop.example.org");
        assertThat(hosts(listener.formatted("wide", "*.example.org", "All") + ", "
                        + listener.formatted("exact", "shop.example.org", "Same")
                                .replace("port: 80", "port: 81")))
                .containsExactly("shop.example.org");
        assertThat(hosts(listener.formatted("wider", "*.org", "Same") + ", "
                        + listener.formatted("wide", "*.example.org", "All")))
                .containsExactly("shop.example.org");
        assertThat(hosts(listener.formatted("wider", "*.org", "All") + ", "
                        + listener.formatted("wide", "*.example.org", "Same")))
                .isEmpty();
        assertThat(hosts("{name: any, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}, "
                        + listener.formatted("exact", "shop.example.org", "Same")))
                .isEmpty();
        assertThat(hosts("{name: any, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}"))
                .containsExactly("shop.example.org");
        // as long as the wildcard
        assertThat(hosts(
                        listener.formatted("wide", "*.example.org", "All") + ", "
                                + listener.formatted("exact", "a.example.org", "Same"),
                        "a.example.org"))
                .isEmpty();
    }

    private static java.util.List<String> hosts(String listeners) {
        return hosts(listeners, "shop.example.org");
    }

    private static java.util.List<String> hosts(String listeners, String host) {
        return mesh(listeners, route("HTTPRoute", "", host)).virtualServices().ofGatewayApi().stream()
                .flatMap(service -> service.hosts().stream())
                .toList();
    }

    /** The mode of TLS and the certificate of a listener on port 443 by what it and its Gateway say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | certificateRefs: [{name: c}] | SIMPLE | c",
                "'' | certificateRefs: [{name: c}], options: {gateway.istio.io/tls-terminate-mode: MUTUAL} | MUTUAL | c",
                "'' | mode: Passthrough | PASSTHROUGH | ",
                "default: {validation: {caCertificateRefs: [{name: ca}]}} | certificateRefs: [{name: c}] | MUTUAL | c",
                "'perPort: [{port: 443, tls: {validation: {mode: AllowInsecureFallback}}}]'"
                        + " | certificateRefs: [{name: c}] | OPTIONAL_MUTUAL | c",
                "'perPort: [{port: 8443, tls: {validation: {mode: AllowInsecureFallback}}}]'"
                        + " | certificateRefs: [{name: c}] | SIMPLE | c"
            })
    void tls_of_a_listener_ends_as_it_and_its_gateway_say(String frontend, String tls, String mode, String name) {
        Mesh mesh = Meshes.of(IstioVersion.of("1.30.0"), NAMESPACES, """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: public, namespace: edge}
            spec:
              gatewayClassName: istio
              tls: {frontend: {%s}}
              listeners: [{name: a, port: 443, protocol: HTTPS, tls: {%s}}]
            """.formatted(frontend, tls));

        assertThat(mesh.gateways()
                        .listeners(Meshes.pod(mesh, "edge", "public-istio"))
                        .get(0)
                        .servers())
                .singleElement()
                .satisfies(server -> {
                    assertThat(server.tls().mode()).isEqualTo(mode);
                    assertThat(server.tls().credentialName().orElse(null)).isEqualTo(name);
                });
    }

    /** Up to the releases that narrow them the names of a TLSRoute stay as they are written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.29.1 | '*.example.org' | shop.example.org, shop.example.net | shop.example.org, shop.example.net",
                "1.29.2 | '*.example.org' | shop.example.org, shop.example.net | shop.example.org",
                "1.29.2 | shop.example.org | '*.example.org' | shop.example.org",
                "1.29.1 | shop.example.org | '*.example.org' | *.example.org",
                "1.29.2 | '*.org' | '*.example.org', shop.example.org | *.example.org, shop.example.org"
            })
    void a_tls_route_takes_the_names_that_its_listener_has_too(
            String release, String hostname, String hostnames, String names) {
        Mesh mesh = Meshes.of(
                IstioVersion.of(release),
                NAMESPACES,
                GATEWAY.formatted(
                        "{name: a, port: 443, protocol: TLS, hostname: %s, tls: {mode: Passthrough}, allowedRoutes: {namespaces: {from: All}}}"
                                .formatted(hostname)),
                route("TLSRoute", "", hostnames));

        assertThat(mesh.virtualServices().ofGatewayApi().stream()
                        .flatMap(service -> mesh.virtualServices().connections(service, "tls").stream())
                        .map(entry -> entry.body().at("/match/0/sniHosts").toString()))
                .containsExactly("[\"%s\"]".formatted(names.replace(", ", "\",\"")));
    }
}
