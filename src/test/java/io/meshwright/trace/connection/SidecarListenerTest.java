package io.meshwright.trace.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.Trace;
import io.meshwright.trace.request.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which listener of a sidecar takes a call, and what it knows, as real Envoys showed for the fleet of fleet.yaml. */
class SidecarListenerTest {
    private static final String ANY = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data: {mesh: "outboundTrafficPolicy: {mode: ALLOW_ANY}"}
        """;

    private static final String STRICT = """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: shop}
        spec: {mtls: {mode: STRICT}}
        """;

    private static String end(String from, String url, String host, String... objects) throws IOException {
        String fleet = Files.readString(Path.of("test", "resources", "rehearsal", "tunnel", "fleet.yaml"));
        String all = String.join("\n---\n", fleet, ANY, String.join("\n---\n", objects));
        Request request = Request.of("GET", url).from(from);
        return Trace.of(Mesh.of(ManifestReader.of("mesh.yaml", all).manifests(), IstioVersion.of("1.31")))
                .follow(host.isEmpty() ? request : request.header("host", host))
                .verdict()
                .summary();
    }

    private static String sidecar(String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: %s}, spec: {%s}}"
                .formatted(namespace, spec);
    }

    private static String entry(String namespace, String name, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static String service(String name, String spec) {
        return "{apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop}, spec: {%s}}"
                .formatted(name, spec);
    }

    /** GetEgressListenerForRDS asks for the port alone, and buildSidecarOutboundListeners for the protocol too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // protocol and hosts of the listener for port 80, end of a call to web
                "HTTP | shop/web.shop.svc.cluster.local | answered 418",
                "TCP  | shop/web.shop.svc.cluster.local | delivered to web",
                "HTTP | shop/old.shop.svc.cluster.local | delivered to web",
            })
    void a_listener_for_a_port_says_for_which_hosts_there_are_routes(String protocol, String hosts, String web)
            throws IOException {
        String scope = sidecar(
                "pay",
                "egress: [{port: {number: 80, name: x, protocol: %s}, hosts: ['%s']}, {hosts: ['*/*']}]"
                        .formatted(protocol, hosts));
        String routes = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: %1$s, namespace: shop}
            spec: {hosts: [%1$s.shop.svc.cluster.local], http: [{directResponse: {status: 418}}]}
            """;
        String[] objects = {scope, routes.formatted("web"), routes.formatted("cart")};

        assertThat(end("pay/bank-v1", "http://web.shop/", "", objects)).startsWith(web);
        assertThat(end("pay/bank-v1", "http://cart.shop/", "", objects)).startsWith("delivered to cart");
    }

    @Test
    void a_port_that_a_service_lacks_is_refused_and_answered_where_http_is_read() throws IOException {
        assertThat(end("shop/cart", "http://web.shop:8000/", "")).startsWith("answered 503 UF");
        assertThat(end("shop/cart", "http://web.shop:8001/", "")).startsWith("no answer");
    }

    /** mergeTCPFilterChains: the entry's chain stands beside the one for HTTP, whichever address is called. */
    @Test
    void bytes_at_a_port_of_http_go_to_the_entry_without_address_that_has_it() throws IOException {
        String entry = entry(
                "pay",
                "partner",
                "hosts: [partner.test], resolution: DNS, ports: [{number: 8000, name: tcp, protocol: TCP}]");

        assertThat(end("shop/cart", "tcp://bank.pay:8000", "", entry)).isEqualTo("delivered to partner.test:8000");
        assertThat(end("shop/cart", "tcp://web.shop:8000", "", entry)).isEqualTo("delivered to partner.test:8000");
        assertThat(end("shop/cart", "http://partner.test:8000/", "bank.pay:8000", entry))
                .startsWith("delivered to bank.pay");
        assertThat(end("shop/cart", "http://bank.pay:8000/", "", entry)).startsWith("delivered to bank.pay");
    }

    /** Where HTTP is read by the Host header, a service of that port is not found whose port carries something else. */
    @Test
    void a_host_header_does_not_lead_to_a_port_of_bytes() throws IOException {
        String inner = entry(
                "shop",
                "inner",
                "hosts: [inner.test], addresses: [198.18.9.1], resolution: STATIC,"
                        + " endpoints: [{address: 192.0.2.1}], ports: [{number: 80, name: tcp, protocol: TCP}]");
        String wild = entry(
                "shop",
                "wild",
                "hosts: ['*.test'], resolution: DNS, endpoints: [{address: 192.0.2.2}],"
                        + " ports: [{number: 80, name: http, protocol: HTTP}]");

        assertThat(end("shop/cart", "http://a.example/", "inner.test", inner)).isEqualTo("delivered to a.example:80");
        assertThat(end("shop/cart", "http://a.example/", "inner.test", inner, wild))
                .isEqualTo("delivered to *.test:80");
        assertThat(end("shop/cart", "http://inner.test/", "", inner)).isEqualTo("delivered to inner.test:80");
        assertThat(end("shop/cart", "http://198.18.9.1/", "a.example", inner, """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: a, namespace: shop}
            spec: {hosts: [a.example], http: [{directResponse: {status: 418}}]}
            """))
                .isEqualTo("delivered to inner.test:80");
    }

    @Test
    void a_wildcard_takes_a_port_that_the_exact_host_lacks() throws IOException {
        String exact = entry(
                "pay", "exact", "hosts: [api.test], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]");
        String wild = entry(
                "pay",
                "wild",
                "hosts: ['*.test'], resolution: DNS, endpoints: [{address: 192.0.2.2}],"
                        + " ports: [{number: 80, name: http, protocol: HTTP}]");

        assertThat(end("shop/cart", "http://api.test/", "", exact, wild)).isEqualTo("delivered to *.test:80");
    }

    /** selectServices: of one host a sidecar knows what its own namespace has, and nothing of others. */
    @Test
    void an_entry_of_the_callers_namespace_keeps_it_from_a_service_of_that_host() throws IOException {
        String entry = entry(
                "pay",
                "second",
                "hosts: [web.shop.svc.cluster.local], resolution: STATIC, endpoints: [{address: 192.0.2.40}],"
                        + " ports: [{number: 81, name: http, protocol: HTTP}]");
        assertThat(end("pay/bank-v1", "tcp://web.shop:9000", "", entry)).startsWith("delivered to web.shop.svc");
        assertThat(end("pay/bank-v1", "tcp://web.shop:9000", "", entry, STRICT)).startsWith("no answer");
        assertThat(end("shop/cart", "tcp://web.shop:9000", "", entry, STRICT)).startsWith("delivered to web.shop.svc");
    }

    @Test
    void a_route_for_a_host_that_the_sidecar_does_not_know_counts_on_port_80() throws IOException {
        String machine = entry(
                "pay",
                "machine",
                "hosts: [vm.test], addresses: [198.18.9.2], resolution: STATIC, endpoints: [{address: 192.0.2.20}],"
                        + " ports: [{number: 80, name: tcp, protocol: TCP}]");
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: vm, namespace: shop}
            spec: {hosts: [vm.test], http: [{route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 80}}}]}]}
            """;

        assertThat(end(
                        "shop/cart",
                        "http://vm.test/",
                        "",
                        machine,
                        route,
                        sidecar("shop", "egress: [{hosts: ['./*']}]")))
                .startsWith("delivered to web.shop.svc");
        assertThat(end("shop/cart", "http://vm.test/", "", machine, route)).isEqualTo("delivered to vm.test:80");
    }

    @Test
    void a_route_for_a_host_of_others_goes_before_a_wildcard_over_it() throws IOException {
        String others = entry(
                "pay",
                "others",
                "hosts: [vm.test], resolution: STATIC, endpoints: [{address: 192.0.2.20}], exportTo: ['.'],"
                        + " ports: [{number: 80, name: http, protocol: HTTP}]");
        String wild = entry(
                "pay",
                "wild",
                "hosts: ['*.test'], resolution: NONE, ports: [{number: 80, name: http, protocol: HTTP}]");
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: vm, namespace: shop}
            spec: {hosts: [vm.test], http: [{directResponse: {status: 418}}]}
            """;

        assertThat(end("shop/cart", "http://vm.test/", "", others, wild, route)).startsWith("answered 418");
        assertThat(end("shop/cart", "http://vm.test/", "", others, wild)).isEqualTo("delivered to *.test:80");
    }

    /** A headless Service has a listener for each pod where its port is not said to carry HTTP. */
    @Test
    void the_listeners_for_the_pods_of_one_headless_service_take_calls_to_another() throws IOException {
        String pods = service("pods", "clusterIP: None, selector: {app: web}, ports: [{name: tcp, port: 8080}]");

        assertThat(end("shop/cart", "http://web-pods.shop:8080/", "", pods))
                .contains("pods.shop.svc")
                .doesNotContain("web-pods");
        assertThat(end("shop/cart", "http://web-pods.shop:8080/", "")).startsWith("delivered to web-pods.shop.svc");
    }

    /** resolveServiceAliases: whom the other name is exported to does not matter. */
    @Test
    void another_name_of_a_service_is_taken_for_it_whoever_may_see_the_name() throws IOException {
        String alias = "{apiVersion: v1, kind: Service, metadata: {name: alias, namespace: shop,"
                + " annotations: {networking.istio.io/exportTo: .}}, spec: {type: ExternalName, externalName: %s,"
                + " ports: [{name: http, port: 80}]}}";

        assertThat(end("pay/bank-v1", "http://alias.shop/", "", alias.formatted("web.shop.svc.cluster.local"), STRICT))
                .startsWith("delivered to web.shop.svc");
        assertThat(end("pay/bank-v1", "http://alias.shop/", "", alias.formatted("alias.shop.svc.cluster.local")))
                .isNotEmpty();
        assertThat(end("pay/bank-v1", "http://alias.shop/", "", alias.formatted("partner.example")))
                .isEqualTo("delivered to partner.example:80");
    }

    /** buildInboundChainConfigs: what a Sidecar with listeners leaves out is passed on as it comes. */
    @Test
    void a_port_that_no_ingress_listener_of_the_sidecar_has_takes_bytes() throws IOException {
        String scope = sidecar("shop", "ingress: [{port: {number: 9000, name: x, protocol: HTTP}}]");

        assertThat(end("legacy/old", "tcp://web.shop:80", "", scope)).startsWith("delivered to web.shop.svc");
        assertThat(end("legacy/old", "tcp://web.shop:80", "")).contains("reads HTTP on port 8080 and gets bytes");
        assertThat(end("legacy/old", "tcp://web.shop:9000", "", scope))
                .contains("reads HTTP on port 9000 and gets bytes");
    }

    @Test
    void an_entry_that_dns_finds_has_no_cluster_without_endpoints() throws IOException {
        String entry = "hosts: [vm.test], resolution: %s, ports: [{number: 80, name: http, protocol: HTTP}],"
                + " workloadSelector: {labels: {app: nobody}}";

        assertThat(end("shop/cart", "http://vm.test/", "", entry("shop", "vm", entry.formatted("DNS"))))
                .startsWith("answered 503 NC");
        assertThat(end("shop/cart", "http://vm.test/", "", entry("shop", "vm", entry.formatted("STATIC"))))
                .startsWith("answered 503 UH");
    }

    @Test
    void what_is_for_a_headless_service_goes_to_the_address_that_was_called() throws IOException {
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: outside, namespace: shop}
            spec: {hosts: [partner.test], http: [{route: [{destination: {host: web-pods.shop.svc.cluster.local, port: {number: 8080}}}]}]}
            """;

        String alias = service(
                "alias",
                "type: ExternalName, externalName: web.shop.svc.cluster.local, ports: [{name: http, port: 80}]");

        assertThat(end(
                        "shop/cart",
                        "http://alias.shop/",
                        "",
                        alias,
                        route.replace("partner.test", "alias.shop.svc.cluster.local")))
                .startsWith("unknown: a sidecar sends what is for headless");
        assertThat(end("shop/cart", "http://partner.test/", "", route))
                .contains("on to the address that was called, which is that of partner.test");
    }

    @Test
    void an_entry_of_resolution_none_does_not_lead_a_call_elsewhere() throws IOException {
        String wild = entry(
                "shop",
                "wild",
                "hosts: ['*.test'], resolution: NONE, ports: [{number: 80, name: http, protocol: HTTP}]");

        assertThat(end("shop/cart", "http://web.shop/", "x.test", wild))
                .startsWith("unknown: *.test has resolution NONE");
        assertThat(end("shop/cart", "http://x.test/", "", wild)).isEqualTo("delivered to *.test:80");
    }

    /** collectImportedServices: the listener for a port adds that port alone, and another name adds no cluster. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // hosts of the listener for every port, destination of a route for calls to web's port 80, the end
                "~/*    | bank.pay.svc.cluster.local, port: {number: 8000}   | answered 503 NC",
                "pay/*  | bank.pay.svc.cluster.local, port: {number: 8000}   | delivered to bank",
                "~/*    | old.legacy.svc.cluster.local, port: {number: 80}   | delivered to old",
                "shop/* | alias.shop.svc.cluster.local, port: {number: 8000} | answered 503 NC",
                "pay/*  | alias.shop.svc.cluster.local, port: {number: 8000} | delivered to bank",
            })
    void a_route_leads_to_what_listeners_have(String hosts, String destination, String end) throws IOException {
        String scope = sidecar(
                "shop",
                "egress: [{port: {number: 80, name: x, protocol: HTTP}, hosts: ['shop/*']}, {hosts: ['%s']}]"
                        .formatted(hosts));
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web.shop.svc.cluster.local], http: [{route: [{destination: {host: %s}}]}]}
            """.formatted(destination);
        String alias = service(
                "alias",
                "type: ExternalName, externalName: bank.pay.svc.cluster.local, ports: [{name: http, port: 80}]");

        assertThat(end("shop/cart", "http://web.shop/", "", scope, route, alias))
                .startsWith(end);
    }

    @Test
    void nothing_reads_the_host_header_where_no_listener_reads_http() throws IOException {
        String scope = sidecar(
                "pay", "egress: [{port: {number: 80, name: x, protocol: TCP}, hosts: ['*/*']}, {hosts: ['pay/*']}]");

        assertThat(end("pay/bank-v1", "http://vm.test/", "web.shop", scope)).isEqualTo("delivered to vm.test:80");
        assertThat(end("pay/bank-v1", "http://vm.test/", "web.shop")).startsWith("delivered to web.shop.svc");
    }
}
