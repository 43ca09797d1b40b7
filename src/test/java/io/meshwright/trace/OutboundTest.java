package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundTest {
    private static final String DATABASES = """
      ---
      {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: narrow, namespace: shop},
        spec: {hosts: [narrow.db.example.org],
        addresses: [203.0.113.0/28], ports: [{number: 5432, name: tcp, protocol: TCP}], resolution: NONE}}
      ---
      {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: wide, namespace: shop},
        spec: {hosts: [wide.db.example.org],
        addresses: [203.0.113.0/24], ports: [{number: 5432, name: tcp, protocol: TCP}], resolution: NONE}}
      """;

    private static Verdict ask(Trace trace, String method, String url) {
        return trace.request(method, url).from("shop/web").verdict();
    }

    private static String host(Verdict verdict) {
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).host()
                : verdict.summary();
    }

    @Test
    void an_address_leads_to_the_entry_that_has_the_narrowest_block_around_it() {
        Trace trace = shop(DATABASES);

        assertThat(host(ask(trace, "GET", "tcp://203.0.113.5:5432"))).isEqualTo("narrow.db.example.org");
        assertThat(host(ask(trace, "GET", "tcp://203.0.113.200:5432"))).isEqualTo("wide.db.example.org");
        assertThat(host(ask(trace, "GET", "tcp://198.51.100.1:5432"))).isEqualTo("198.51.100.1");
    }

    @Test
    void a_port_of_no_protocol_takes_http_for_its_service_whatever_the_host_header_says() {
        Trace trace = shop("""
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: desk, namespace: shop},
          spec: {selector: {app: cart}, ports: [{name: any, port: 7070, targetPort: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: bell, namespace: shop},
          spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}}
        """);

        assertThat(host(trace.request("GET", "http://desk.shop:7070/")
                        .header("host", "nobody.test")
                        .from("shop/web")
                        .verdict()))
                .isEqualTo("desk.shop.svc.cluster.local");
        assertThat(host(trace.request("GET", "http://desk.shop:7070/")
                        .header("host", "bell.shop")
                        .from("shop/web")
                        .verdict()))
                .isEqualTo("desk.shop.svc.cluster.local");
        // No listener of the port reads HTTP for another address.
        assertThat(trace.request("GET", "http://bell.shop:7070/")
                        .header("host", "desk.shop")
                        .from("shop/web")
                        .verdict())
                .isInstanceOf(Closed.class);
    }

    @Test
    void a_virtual_service_without_a_route_for_the_port_leaves_it_to_the_next() {
        String service = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: desk, namespace: shop},
          spec: {selector: {app: web}, ports: [{name: http-a, port: 81, targetPort: 8080}, {name: http-b, port: 82}]}}
        """;
        String routes = """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: shop, creationTimestamp: "2026-01-0%dT00:00:00Z"}
        spec: {hosts: [%s], http: [{%s route: [{destination: {host: %s, port: {number: 80}}}]}]}
        """;
        String first = routes.formatted("a", 1, "desk", "match: [{port: 81}],", "web");

        assertThat(host(ask(
                        shop(service, first, routes.formatted("b", 2, "desk", "", "cart")), "GET", "http://desk:82/")))
                .isEqualTo("cart.shop.svc.cluster.local");
        // A wildcard has no service that a longer name claims.
        assertThat(host(ask(
                        shop(service, first, routes.formatted("b", 2, "'*.shop.svc.cluster.local'", "", "cart")),
                        "GET",
                        "http://desk:82/")))
                .isEqualTo("desk.shop.svc.cluster.local");
    }

    @Test
    void the_address_of_a_service_leads_to_it() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cache, namespace: shop},
          spec: {clusterIP: 10.0.0.7, selector: {app: cart},
          ports: [{name: http, port: 80, targetPort: 8080}]}}
        """);

        assertThat(host(ask(trace, "GET", "http://10.0.0.7/"))).isEqualTo("cache.shop.svc.cluster.local");
        assertThat(ask(trace, "GET", "http://10.0.0.8/")).isInstanceOf(Unknown.class);
    }

    @Test
    void an_entry_without_addresses_takes_all_connections_to_its_port() {
        Trace trace = shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: mysql, namespace: shop},
          spec: {hosts: [mysql.example.org],
          ports: [{number: 3306, name: tcp, protocol: TCP}], resolution: DNS}}
        """);

        assertThat(host(ask(trace, "GET", "tcp://other.example.org:3306"))).isEqualTo("mysql.example.org");
        assertThat(host(ask(trace, "GET", "tcp://other.example.org:3307"))).isEqualTo("other.example.org");
    }

    @Test
    void entries_that_share_a_host_each_give_it_their_ports() {
        Trace trace = shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: a, namespace: shop},
          spec: {hosts: [api.example.org],
          ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: b, namespace: shop},
          spec: {hosts: [api.example.org],
          ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}}
        """);

        assertThat(host(ask(trace, "GET", "http://api.example.org/"))).isEqualTo("api.example.org");
        assertThat(host(ask(trace, "GET", "https://api.example.org/"))).isEqualTo("api.example.org");
    }

    @Test
    void the_Host_header_decides_where_http_goes() {
        assertThat(host(shop().request("GET", "http://web.shop/")
                        .header("Host", "cart.shop")
                        .from("shop/web")
                        .verdict()))
                .isEqualTo("cart.shop.svc.cluster.local");
    }

    @Test
    void an_external_name_stands_for_the_service_that_it_names() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: alias, namespace: shop},
          spec: {type: ExternalName, externalName: cart.shop.svc.cluster.local}}
        """);

        assertThat(host(ask(trace, "GET", "http://alias.shop/"))).isEqualTo("cart.shop.svc.cluster.local");
    }

    @Test
    void a_wildcard_route_is_for_the_services_that_the_caller_knows() {
        Trace trace = shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
          spec: {egress: [{hosts: ["*/cart.shop.svc.cluster.local"]}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: all, namespace: shop},
          spec: {hosts: ["*.svc.cluster.local"],
          http: [{directResponse: {status: 418}}]}}
        """);

        assertThat(ask(trace, "GET", "http://cart.shop.svc.cluster.local/"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(418));
        assertThat(host(ask(trace, "GET", "http://web.shop.svc.cluster.local/")))
                .isEqualTo("web.shop.svc.cluster.local");
    }

    @Test
    void a_sidecar_may_end_tls_itself_where_istios_own_is_off() {
        String own = """
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: cart, namespace: shop},
          spec: {workloadSelector: {labels: {app: cart}},
          ingress: [{port: {number: 8080, name: https, protocol: HTTPS}, defaultEndpoint: 127.0.0.1:9000,
            tls: {mode: SIMPLE}}]}}
        ---
        {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: cart, namespace: shop},
          spec: {selector: {matchLabels: {app: cart}},
          mtls: {mode: %s}}}
        """;

        assertThat(ask(shop(own.formatted("DISABLE")), "GET", "http://cart.shop/"))
                .isInstanceOfSatisfying(
                        Answered.class, answered -> assertThat(answered.flag()).isEqualTo("UC"));
        assertThat(host(ask(shop(own.formatted("PERMISSIVE")), "GET", "http://cart.shop/")))
                .isEqualTo("cart.shop.svc.cluster.local");
        assertThat(shop(own.formatted("DISABLE"))
                        .request("GET", "http://cart.shop/")
                        .from("legacy/batch")
                        .verdict())
                .isInstanceOf(Closed.class);
    }

    @Test
    void a_sidecar_knows_the_destinations_of_the_routes_that_it_knows() {
        Trace trace = shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
          spec: {egress: [{hosts: ["*/web.shop.svc.cluster.local"]}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
          spec: {hosts: [web], http: [{route: [{destination: {host: cart}}]}]}}
        """);

        assertThat(host(ask(trace, "GET", "http://web.shop/"))).isEqualTo("cart.shop.svc.cluster.local");
    }

    @Test
    void a_destination_without_a_port_means_the_port_that_was_called() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: other, namespace: shop}, spec: {selector: {app: cart},
          ports: [{name: http, port: 8888, targetPort: 8080}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
          spec: {hosts: [web], http: [{route: [{destination: {host: other}}]}]}}
        """);

        assertThat(ask(trace, "GET", "http://web.shop/"))
                .isInstanceOfSatisfying(
                        Answered.class, answered -> assertThat(answered.flag()).isEqualTo("NC"));
    }

    @Test
    void a_route_for_a_name_that_no_service_has_goes_before_the_service_that_it_abbreviates() {
        Trace trace = shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
          spec: {hosts: [web.shop], http: [{route: [{destination: {host: cart}}]}]}}
        """);

        assertThat(host(ask(trace, "GET", "http://web.shop/"))).isEqualTo("cart.shop.svc.cluster.local");
        assertThat(host(ask(trace, "GET", "http://web/"))).isEqualTo("web.shop.svc.cluster.local");
    }

    @Test
    void the_ports_of_a_sidecar_itself_may_not_be_called() {
        assertThat(ask(shop(), "GET", "tcp://198.51.100.1:15001")).isInstanceOf(Closed.class);
        assertThat(ask(shop(), "GET", "tcp://198.51.100.1:15006")).isInstanceOf(Closed.class);
        assertThat(ask(shop(), "GET", "tcp://198.51.100.1:15007")).isInstanceOf(Delivered.class);
    }

    @Test
    void the_addresses_behind_a_service_are_known_from_its_endpoints() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: flat, namespace: shop}, spec: {clusterIP: None,
          selector: {app: cart}, ports: [{name: tcp, port: 9090}]}}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: flat-1, namespace: shop, labels: {
          kubernetes.io/service-name: flat}}, endpoints: [{addresses: [10.1.2.3]}], ports: [{port: 9090}]}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: old, namespace: shop}, spec: {ports: [{port: 5432}]}}
        ---
        {apiVersion: v1, kind: Endpoints, metadata: {name: old, namespace: shop},
          subsets: [{addresses: [{ip: 192.0.2.9}], ports: [{port: 5432}]}]}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: bare, namespace: shop}, spec: {ports: [{port: 5432}]}}
        """);

        assertThat(host(ask(trace, "GET", "tcp://10.1.2.3:9090"))).isEqualTo("flat.shop.svc.cluster.local");
        assertThat(host(ask(trace, "GET", "tcp://old:5432"))).isEqualTo("old.shop.svc.cluster.local");
        assertThat(ask(trace, "GET", "tcp://bare:5432")).isInstanceOf(Unknown.class);
    }

    @Test
    void a_destination_without_a_port_means_the_called_one_for_requests_and_the_only_one_for_connections() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: other, namespace: shop}, spec: {selector: {app: cart},
          ports: [{name: tcp, port: 9090}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: r, namespace: shop}, spec: {
          hosts: [cart], http: [{route: [{destination: {host: other}}]}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: tcp, port: 3306}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: c, namespace: shop}, spec: {
          hosts: [db], tcp: [{route: [{destination: {host: other}}]}]}}
        """);

        assertThat(ask(trace, "GET", "http://cart/"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.why()).isEqualTo("no port 80 of other.shop.svc.cluster.local"));
        assertThat(host(ask(trace, "GET", "tcp://db:3306"))).isEqualTo("other.shop.svc.cluster.local");
    }

    @Test
    void which_of_two_peer_authentications_is_older_counts_where_they_differ() {
        String policy = """
        ---
        {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: %s, namespace: shop},
          spec: {mtls: {mode: %s}}}
        """;
        Trace trace = shop(policy.formatted("a", "STRICT"), policy.formatted("b", "PERMISSIVE"));

        assertThat(ask(trace, "GET", "http://cart/")).isInstanceOf(Delivered.class);
        assertThat(trace.request("GET", "http://cart.shop/")
                        .from("legacy/batch")
                        .verdict())
                .isInstanceOfSatisfying(Unknown.class, unknown -> {
                    assertThat(unknown.why()).contains("PeerAuthentications was created first");
                    assertThat(unknown.otherwise()).isPresent();
                });
    }

    @Test
    void entries_without_addresses_are_told_apart_by_the_name_in_tls() {
        String entry = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %1$s, namespace: shop}, spec: {
          hosts: [%1$s.example.net], location: MESH_EXTERNAL, resolution: DNS,
          ports: [{number: 443, name: tls, protocol: TLS}]}}
        """;
        Trace trace = shop(entry.formatted("one"), entry.formatted("two"));

        assertThat(trace.request("GET", "https://one.example.net/")
                        .sni("two.example.net")
                        .from("shop/web")
                        .verdict())
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).isEqualTo("two.example.net"));
        assertThat(trace.request("GET", "https://one.example.net/")
                        .sni("none.example.net")
                        .from("shop/web")
                        .path()
                        .hops()
                        .toString())
                .contains("a host outside the registry, called as it is");
    }

    @Test
    void a_service_with_routes_by_name_has_none_for_another_name() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: tls, port: 443, targetPort: 8443}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: db, namespace: shop}, spec: {
          hosts: [db], tls: [{match: [{sniHosts: [db.shop.svc.cluster.local]}], route: [{destination: {host: db}}]}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
          spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
        """);

        assertThat(trace.request("GET", "tls://db:443")
                        .sni("db.shop.svc.cluster.local")
                        .from("shop/cart")
                        .verdict())
                .isInstanceOf(Delivered.class);
        assertThat(trace.request("GET", "tls://db:443")
                        .sni("x.example.org")
                        .from("shop/cart")
                        .verdict())
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.flag()).isEqualTo("UH"));
    }

    @Test
    void an_address_of_the_sixth_version_is_no_name_of_the_cluster() {
        assertThat(shop().request("GET", "http://[2001:db8::5]:9000/")
                        .from("shop/web")
                        .verdict()
                        .isDelivered())
                .isTrue();
        assertThat(shop().request("GET", "http://[fd00::5]:9000/")
                        .from("shop/web")
                        .verdict())
                .isInstanceOf(Unknown.class);
    }

    @Test
    void nobody_but_the_server_answers_a_call_that_passes_by_the_callers_proxy() {
        Trace trace = shop("""
        ---
        {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: all, namespace: shop},
          spec: {mtls: {mode: STRICT}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: past, namespace: shop}
        spec:
          selector: {matchLabels: {app: past}}
          template:
            metadata: {labels: {app: past}, annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: "80"}}
            spec: {containers: [{name: main}]}
        """);

        assertThat(trace.request("GET", "http://cart.shop/").from("shop/past").verdict())
                .isEqualTo(new Closed("", "the client sends plaintext, but the server takes mutual TLS only"));
    }

    @Test
    void a_machine_has_a_proxy_where_its_entry_gives_an_identity() {
        String machine = """
        ---
        {apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: vm, namespace: shop},
          spec: {address: 192.0.2.7, labels: {app: billing}%s}}
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: billing, namespace: shop},
          spec: {hosts: [billing.example.org], location: MESH_INTERNAL, resolution: STATIC,
          ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: billing}}}}
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: billing, namespace: shop},
          spec: {selector: {matchLabels: {app: billing}},
          rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]}}
        """;

        assertThat(ask(shop(machine.formatted(", serviceAccount: billing")), "GET", "http://billing.example.org/"))
                .isInstanceOf(Delivered.class);
        assertThat(ask(shop(machine.formatted("")), "GET", "http://billing.example.org/"))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_pod_of_a_headless_service_has_a_name_of_its_own() {
        String headless = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {clusterIP: None,
          selector: {app: db}, ports: [{name: tcp, port: 5432}]}}
        """;
        Trace trace = shop(headless, """
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: store, namespace: shop}
        spec:
          serviceName: db
          replicas: 2
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: main, ports: [{containerPort: 5432}]}]}
        """);

        for (String name : List.of("store-0.db", "store-1.db.shop", "store-0.db.shop.svc.cluster.local")) {
            assertThat(host(ask(trace, "GET", "tcp://%s:5432".formatted(name))))
                    .as(name)
                    .isEqualTo("db.shop.svc.cluster.local");
        }
        assertThat(ask(trace, "GET", "tcp://store-2.db.shop.svc.cluster.local:5432"))
                .isInstanceOf(Closed.class);
        assertThat(ask(trace, "GET", "tcp://other-0.db.shop.svc.cluster.local:5432"))
                .isInstanceOf(Closed.class);
        assertThat(ask(shop(headless), "GET", "tcp://store-0.db.shop.svc.cluster.local:5432"))
                .isInstanceOf(Unknown.class);
    }

    private static Verdict flat(String more, String... callers) {
        Trace trace = shop(
                """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: flat, namespace: shop}, spec: {clusterIP: None,
          selector: {app: flat}, ports: [{name: http, port: 80, targetPort: %s}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: flat, namespace: shop}
        spec:
          selector: {matchLabels: {app: flat}}
          template:
            metadata: {labels: {app: flat}}
            spec: {containers: [{name: main, ports: [{containerPort: 8080, name: web}%s]}]}
        """.formatted(more.split(" ")[0], more.substring(more.split(" ")[0].length())),
                String.join("", callers));
        return ask(trace, "GET", "http://flat.shop/");
    }

    @Test
    void a_headless_service_is_called_at_its_pods_whatever_its_target() {
        for (String target : List.of("8080", "web")) {
            assertThat(flat(target))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown -> assertThat(unknown.why())
                                    .startsWith("a headless Service is called at port 80 of its pods"));
        }
        assertThat(flat("80")).isInstanceOf(Delivered.class);
        assertThat(flat("8080 , {containerPort: 80}")).isInstanceOf(Delivered.class);
    }

    @Test
    void the_policy_of_a_headless_services_pod_sees_the_called_port() {
        String policy = """
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop}, spec: {
          selector: {matchLabels: {app: flat}}, action: DENY, rules: [{to: [{operation: {ports: ["%d"]}}]}]}}
        """;

        assertThat(flat("8080 , {containerPort: 80}", policy.formatted(80))).isInstanceOf(Answered.class);
        assertThat(flat("8080 , {containerPort: 80}", policy.formatted(8080))).isInstanceOf(Delivered.class);
    }

    @Test
    void a_route_to_a_headless_service_ends_at_the_called_address() {
        String route = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: flat, namespace: shop}, spec: {clusterIP: None,
          selector: {app: web}, ports: [{name: http, port: 8080}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: r, namespace: shop},
          spec: {hosts: [%s], http: [{route: [{destination: {host: flat, port: {number: 8080}}}]}]}}
        """;

        assertThat(ask(shop(route.formatted("cart")), "GET", "http://cart.shop/"))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why()).startsWith("a sidecar sends what is for headless flat"));
        assertThat(ask(shop(route.formatted("flat")), "GET", "http://flat.shop:8080/"))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void a_gateway_goes_to_the_targets_of_a_headless_service() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: flat, namespace: shop}, spec: {clusterIP: None,
          selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}}
        """, Samples.routes("[{route: [{destination: {host: flat}}]}]"));

        assertThat(trace.request("GET", "http://shop.example.org/").verdict()).isInstanceOf(Delivered.class);
        assertThat(ask(trace, "GET", "http://flat.shop/")).isInstanceOf(Unknown.class);
    }

    @Test
    void a_pod_that_is_called_by_its_own_name_sees_that_name() {
        Trace trace = shop("""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: nodes, namespace: shop}, spec: {clusterIP: None,
          selector: {app: node}, ports: [{name: http, port: 8080}]}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: node, namespace: shop}
        spec:
          serviceName: nodes
          selector: {matchLabels: {app: node}}
          template:
            metadata: {labels: {app: node}}
            spec: {containers: [{name: main, ports: [{containerPort: 8080}]}]}
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: node, namespace: shop},
          spec: {selector: {matchLabels: {app: node}}, rules: [{to: [{operation: {hosts: ["node-0.nodes.shop:8080"]}}]}]}}
        """);

        assertThat(ask(trace, "GET", "http://node-0.nodes.shop:8080/")).isInstanceOf(Delivered.class);
        assertThat(ask(trace, "GET", "http://nodes.shop:8080/")).isInstanceOf(Answered.class);
    }

    /** DNS would be asked for the host itself, and a second entry of the host would lend its endpoints. */
    @Test
    void an_entry_whose_servers_are_listed_and_that_lists_none_has_none() {
        String entry = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: api, namespace: shop}, spec: {
          hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC}}
        """;
        String second = entry.replace("name: api", "name: second")
                .replace("STATIC", "STATIC, endpoints: [{address: 192.0.2.1}]");

        assertThat(ask(shop(entry), "GET", "http://api.example.com/"))
                .hasToString(new Answered(503, "UH", "no endpoints behind api.example.com").toString());
        assertThat(ask(shop(entry.replace("STATIC", "DNS")), "GET", "http://api.example.com/"))
                .isInstanceOf(Delivered.class);
        assertThat(ask(shop(entry.concat(second)), "GET", "http://api.example.com/"))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void a_sidecar_reads_nothing_but_http_on_a_port_that_its_services_say_to_carry_it() {
        String excluded = "traffic.sidecar.istio.io/excludeInboundPorts";
        String caller = """
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: plain}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: old, namespace: plain}, spec: {
          selector: {matchLabels: {app: old}}, template: {metadata: {labels: {app: old}},
          spec: {containers: [{name: old, image: old}]}}}}
        """;
        String second = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: bytes, namespace: shop}, spec: {selector: {app: cart},
          ports: [{name: tcp, port: 90, targetPort: 8080}]}}
        """;
        String open = """
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: open, namespace: shop}, spec: {
          selector: {matchLabels: {app: open}}, template: {metadata: {labels: {app: open}, annotations: {%s: '80'}},
          spec: {containers: [{name: open, image: open}]}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: open, namespace: shop}, spec: {selector: {app: open},
          ports: [{name: http, port: 80}]}}
        """.formatted(excluded);

        assertThat(from("plain/old", shop(caller), "tcp://cart.shop:80")).isInstanceOf(Closed.class);
        assertThat(from("plain/old", shop(caller), "https://cart.shop:80/")).isInstanceOf(Closed.class);
        assertThat(from("plain/old", shop(caller), "http://cart.shop/")).isInstanceOf(Delivered.class);
        assertThat(from("plain/old", shop(caller + second), "tcp://cart.shop:80"))
                .isInstanceOf(Unknown.class);
        assertThat(from("plain/old", shop(caller + open), "tcp://open.shop:80")).isInstanceOf(Delivered.class);
    }

    private static Verdict from(String caller, Trace trace, String url) {
        return trace.request("GET", url).from(caller).verdict();
    }

    @Test
    void the_oldest_of_entries_with_one_address_has_its_connections() {
        String entry = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %1$s, namespace: shop%2$s}, spec: {
          hosts: [%1$s.example.com], addresses: [198.51.100.4], ports: [{number: 9999, name: %3$s, protocol: %4$s}]}}
        """;
        String first = ", creationTimestamp: '2025-01-01T00:00:00Z'";
        String then = ", creationTimestamp: '2025-01-01T00:00:01Z'";
        String call = "tcp://198.51.100.4:9999";

        Trace told = shop(entry.formatted("one", then, "tcp", "TCP") + entry.formatted("two", first, "tcp", "TCP"));
        assertThat(host(from("shop/web", told, call))).isEqualTo("two.example.com");
        assertThat(from("shop/web", told, "tcp://one.example.com:9999")).isInstanceOf(Unknown.class);
        assertThat(host(from("shop/web", told, "tcp://two.example.com:9999"))).isEqualTo("two.example.com");
        Trace untold = shop(entry.formatted("one", first, "tcp", "TCP") + entry.formatted("two", first, "tcp", "TCP"));
        assertThat(from("shop/web", untold, call)).isInstanceOf(Unknown.class);
        Trace apart = shop(entry.formatted("one", "", "tcp", "TCP") + entry.formatted("two", "", "http", "HTTP"));
        assertThat(host(from("shop/web", apart, call))).isEqualTo("one.example.com");
    }

    @Test
    void a_block_of_addresses_takes_tls_for_its_own_name_alone() {
        String block = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: far, namespace: shop}, spec: {
          hosts: [far.example.com], addresses: [198.51.100.%s], ports: [{number: 9999, name: tls, protocol: TLS}]}}
        """;
        String strict = """
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop}, spec: {
          egress: [{hosts: ['*/*']}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
        """;

        assertThat(host(named(shop(block.formatted("0/24")), "far.example.com")))
                .isEqualTo("far.example.com");
        assertThat(host(named(shop(block.formatted("0/24")), "near.example.com")))
                .isEqualTo("198.51.100.4");
        assertThat(named(shop(block.formatted("0/24") + strict), "near.example.com"))
                .isInstanceOf(Closed.class);
        assertThat(host(named(shop(block.formatted("4")), "near.example.com"))).isEqualTo("far.example.com");
    }

    @Test
    void an_entry_of_the_own_namespace_hides_ports_that_another_gives_its_host_from_1_24_on() {
        String entry = """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: far, namespace: %s}, spec: {
          hosts: [far.example.com], resolution: DNS, exportTo: ['%s'], ports: [{number: %s, name: p%s, protocol: %s}]}}
        """;
        String strict = """
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop}, spec: {
          egress: [{hosts: ['%s']}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
        """;
        String own = entry.formatted("shop", ".", "80", "80", "HTTP");
        String other = entry.formatted("legacy", "*", "443", "443", "TLS");
        String all = strict.formatted("*/*");

        assertThat(far("1.24", own, other, all)).isInstanceOf(Closed.class);
        assertThat(far("1.23", own, other, all).isDelivered()).isTrue();
        assertThat(far("1.24", other, all).isDelivered()).isTrue();
        assertThat(far("1.24", own, other, strict.formatted("legacy/*")).isDelivered())
                .isTrue();
        assertThat(far("1.24", own, entry.formatted("shop", ".", "443", "443", "TLS"), all)
                        .isDelivered())
                .isTrue();
    }

    private static Verdict far(String version, String... documents) {
        return Trace.of(Mesh.of(Samples.manifests(documents), IstioVersion.of(version)))
                .request("GET", "https://far.example.com/")
                .from("shop/web")
                .verdict();
    }

    private static Verdict named(Trace trace, String name) {
        return trace.request("GET", "tls://198.51.100.4:9999")
                .sni(name)
                .from("shop/web")
                .verdict();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://web/ | istio | unknown: Flagger makes the routes of Canary shop/web for web; otherwise delivered",
                "http://web/ | nginx | delivered to web.shop",
                "http://web-primary/ | istio | unknown: Flagger makes web-primary.shop.svc.cluster.local for Canary shop/web",
                "http://web-canary.shop.svc/ | nginx | unknown: Flagger makes web-canary.shop.svc.cluster.local for Canary",
                "http://web-other/ | istio | no answer",
                "tcp://web:80 | istio | no answer"
            })
    void flagger_makes_services_and_routes_of_a_canary(String url, String provider, String end) {
        String canary = """
            ---
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: web, namespace: shop}
            spec: {provider: %s, targetRef: {kind: Deployment, name: web}, service: {port: 80}}
            """.formatted(provider);

        assertThat(ask(shop(canary), "GET", url).summary()).startsWith(end);
    }

    @Test
    void add_ons_of_istios_samples_may_be_there_where_none_of_them_is_given() {
        String system = """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: istio-system}, spec: {selector: {app: kiali}, ports: [{name: http, port: 80}]}}
            """;
        String kiali = "http://kiali.istio-system.svc.cluster.local/";

        assertThat(ask(shop(system.formatted("kiali-outside")), "GET", kiali).summary())
                .startsWith("unknown: the services of namespace istio-system are not among the manifests; otherwise");
        assertThat(ask(shop(system.formatted("grafana")), "GET", kiali).summary())
                .startsWith("no answer: the cluster's DNS knows no kiali");
        assertThat(ask(shop(system.formatted("kiali-outside")), "GET", "http://gone.istio-system.svc/")
                        .summary())
                .startsWith("no answer: the cluster's DNS knows no gone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone.stock | no answer: the cluster's DNS knows no gone.stock",
                "gone.stock.svc | no answer: the cluster's DNS knows no gone.stock.svc",
                "gone.far.svc | unknown: the services of namespace far are not among the manifests; otherwise no answer:"
                        + " the cluster's DNS knows no gone.far.svc",
                "gone.far | delivered to gone.far:80",
                "gone.dev | delivered to gone.dev:80",
                "gone.kr | delivered to gone.kr:80",
                "gone.charts | unknown: gone.charts.svc.cluster.local may be made by the chart of HelmRelease"
                        + " charts/any",
                "gone.charts.svc.cluster.local | unknown: gone.charts.svc.cluster.local may be made by the chart of"
                        + " HelmRelease charts/any"
            })
    void a_short_name_is_the_clusters_own_first(String host, String end) {
        String others = """
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: stock}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: there, namespace: stock}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: dev}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: kr}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: there, namespace: charts}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: any, namespace: charts}
            spec: {interval: 1h, chart: {spec: {chart: any, version: "1", sourceRef: {kind: HelmRepository, name: any}}}}
            """;

        assertThat(ask(shop(others), "GET", "http://%s/".formatted(host)).summary())
                .isEqualTo(end);
    }

    @Test
    void a_service_of_a_namespace_of_which_nothing_is_given_may_be_there() {
        String blocking = """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}
            """;
        String route = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: far, namespace: shop}
            spec: {hosts: [example.org, cart], http: [{route: [{destination: {host: gone.%s.svc.cluster.local}}]}]}
            """;
        String far = "unknown: the services of namespace far are not among the manifests; otherwise ";

        assertThat(ask(shop(), "GET", "http://web.far.svc.cluster.local/").summary())
                .isEqualTo(far.concat("no answer: the cluster's DNS knows no web.far.svc.cluster.local"));
        assertThat(ask(shop(), "GET", "http://gone.shop.svc.cluster.local/").summary())
                .isEqualTo("no answer: the cluster's DNS knows no gone.shop.svc.cluster.local");
        assertThat(ask(shop(blocking), "GET", "http://web.far.svc.cluster.local/")
                        .summary())
                .startsWith(far)
                .contains("REGISTRY_ONLY");
        assertThat(ask(shop(blocking), "GET", "http://gone.shop.svc.cluster.local/")
                        .summary())
                .doesNotContain("unknown");
        assertThat(ask(shop(route.formatted("far")), "GET", "http://cart/").summary())
                .startsWith(far)
                .contains("503 NC");
        assertThat(ask(shop(route.formatted("shop")), "GET", "http://cart/").summary())
                .startsWith("answered 503 NC");
    }

    /** Istio issue 56007. */
    @Test
    void sidecars_know_a_service_by_its_whole_name_with_a_dot_behind_it_since_1_27() {
        String strict = "---\n{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default,"
                + " namespace: shop}, spec: {mtls: {mode: STRICT}}}\n";

        assertThat(rooted("1.27.0", "http://cart.shop.svc.cluster.local./", strict)
                        .isDelivered())
                .isTrue();
        assertThat(rooted("1.26.2", "http://cart.shop.svc.cluster.local./", strict)
                        .isAnswered(503))
                .isTrue();
        assertThat(rooted("1.26.2", "http://cart.shop.svc.cluster.local/", strict)
                        .isDelivered())
                .isTrue();
        // DNS looks for no other name, and outside the cluster.
        assertThat(rooted("1.27.0", "http://cart.shop./", strict))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).isEqualTo("cart.shop."));
        assertThat(rooted("1.27.0", "tcp://cart.shop.svc.cluster.local.:80", strict))
                .isEqualTo(rooted("1.27.0", "tcp://cart.shop.svc.cluster.local:80", strict));
    }

    private static Verdict rooted(String release, String url, String document) {
        Mesh mesh = Mesh.of(Samples.manifests(document), IstioVersion.of(release));
        return Trace.of(mesh).request("GET", url).from("shop/web").verdict();
    }

    /** Istio issue 60560. */
    @ParameterizedTest
    @CsvSource({
        "1.30.2, '., istio-ingress', false",
        "1.30.3, '., istio-ingress', true",
        "1.30.2, 'istio-ingress', false",
        "1.30.3, 'istio-ingress', true",
        "1.30.2, '., *', false",
        "1.30.3, '., *', true"
    })
    void default_exports_to_more_than_the_own_namespace_count_since_1_30_3(
            String release, String exports, boolean seen) {
        String config = """
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},
              data: {mesh: "defaultVirtualServiceExportTo: ['%s']"}}
            """.formatted(exports.replace(", ", "', '"));
        Mesh mesh = Mesh.of(
                Samples.manifests(config, Samples.routes("[{route: [{destination: {host: web}}]}]")),
                IstioVersion.of(release));

        assertThat(Trace.of(mesh)
                        .request("GET", "http://shop.example.org/")
                        .verdict()
                        .isDelivered())
                .isEqualTo(seen);
    }

    @Test
    void what_an_egress_proxy_makes_of_unknown_hosts_is_not_told() {
        Trace trace = shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
          spec: {egress: [{hosts: ['./*']}],
          outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: cart.shop.svc.cluster.local}}}}
        """);

        assertThat(ask(trace, "GET", "http://elsewhere.example.net/")).isInstanceOf(Unknown.class);
        assertThat(ask(trace, "GET", "tcp://elsewhere.example.net:5432")).isInstanceOf(Unknown.class);
        assertThat(ask(trace, "GET", "http://cart/")).isInstanceOf(Delivered.class);
    }
}
