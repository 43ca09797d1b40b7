package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayApiTest {
    private static final String BASE = """
        {apiVersion: v1, kind: Namespace, metadata: {name: edge}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled, routes: "yes"}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public, namespace: edge}
        spec:
          gatewayClassName: istio
          listeners:
          - {name: web, port: 80, protocol: HTTP, hostname: "*.example.org", allowedRoutes: {namespaces: {from: All}}}
          - {name: admin, port: 80, protocol: HTTP, hostname: admin.example.org}
          - name: tls
            port: 443
            protocol: HTTPS
            hostname: shop.example.org
            tls: {certificateRefs: [{name: cert}]}
            allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {routes: "yes"}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: http, port: 80, targetPort: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart},
          ports: [{name: http, port: 80, targetPort: 8080}]}}
        """.concat(deployment("shop", "web")).concat(deployment("shop", "cart"));

    private static String route(String name, String namespace, String spec) {
        return """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: %s, namespace: %s}
            spec: {parentRefs: [{name: public, namespace: edge}], %s}
            """.formatted(name, namespace, spec);
    }

    private static String to(String rules) {
        return route("shop", "shop", "hostnames: [shop.example.org], rules: [%s]".formatted(rules));
    }

    private static Trace trace(String... documents) {
        return since("1.26.2", documents);
    }

    private static Trace since(String version, String... documents) {
        String text = BASE.concat(String.join("\n", documents));
        return Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests(), IstioVersion.of(version)));
    }

    @ParameterizedTest
    @CsvSource({
        "edge, Gateway, public, true",
        "edge, Gateway, other, false",
        "shop, Gateway, public, false",
        "shop, HTTPRoute, shop, true",
        "shop, HTTPRoute, other, false",
        "edge, HTTPRoute, shop, false"
    })
    void an_auth_policy_of_kuadrant_decides_about_requests_of_routes(
            String namespace, String kind, String name, boolean decides) {
        String policy = """
            ---
            apiVersion: kuadrant.io/v1
            kind: AuthPolicy
            metadata: {name: keys, namespace: %s}
            spec: {targetRef: {group: gateway.networking.k8s.io, kind: %s, name: %s}, rules: {}}
            """.formatted(namespace, kind, name);
        Trace trace = trace(to("{matches: [{path: {value: /a}}], backendRefs: [{name: web, port: 80}]}"), policy);

        assertThat(get(trace, "http://shop.example.org/a").summary())
                .isEqualTo((decides
                                ? "unknown: AuthPolicy %s/keys of Kuadrant decides who may call; otherwise "
                                        .formatted(namespace)
                                : "")
                        .concat("delivered to web.shop.svc.cluster.local:80"));
        assertThat(get(trace, "http://shop.example.org/b").isAnswered(404)).isTrue();
    }

    /** As istiod's deployment controller does (extractInfrastructureMetadata). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labels: {app: edge} | '' | '' | true",
                "labels: {app: edge} | 'infrastructure: {annotations: {a: b}},' | '' | true",
                "labels: {app: edge} | 'infrastructure: {labels: {app: other}},' | '' | false",
                "labels: {} | 'infrastructure: {labels: {app: edge}},' | '' | true",
                "labels: {} | '' | '' | false",
                "labels: {app: edge} | '' | '\"false\"' | false"
            })
    void pods_of_a_gateway_have_its_labels_where_its_infrastructure_has_none(
            String labels, String infrastructure, String copied, boolean admitted) {
        String text = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: public, namespace: shop, %s}
            spec: {gatewayClassName: istio, %s listeners: [{name: web, port: 80, protocol: HTTP}]}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
              ports: [{name: http, port: 80, targetPort: 8080}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: none, namespace: istio-system}, spec: {}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: edge, namespace: shop},
              spec: {selector: {matchLabels: {app: edge}}, rules: [{}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: web, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, rules: [{}]}}
            ---
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            metadata: {name: i, namespace: istio-system}
            spec: {profile: minimal, values: {pilot: {env: {A: "b"%s}}}}
            """.formatted(
                        labels,
                        infrastructure,
                        copied.isEmpty() ? "" : ", PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS: ".concat(copied))
                .concat(deployment("shop", "web"))
                .concat(to("{backendRefs: [{name: web, port: 80}]}")
                        .replace("namespace: edge", "namespace: shop")
                        .replace("hostnames: [shop.example.org], ", ""));
        Trace trace = Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests(), IstioVersion.of("1.26.2")));

        assertThat(get(trace, "http://shop.example.org/").isDelivered()).isEqualTo(admitted);
        assertThat(get(trace, "http://shop.example.org/").isAnswered(403)).isEqualTo(!admitted);
    }

    private static Verdict get(Trace trace, String url) {
        return trace.request("GET", url).verdict();
    }

    private static String destination(Verdict verdict) {
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).host().split("\\.")[0]
                : verdict.summary();
    }

    private static void assertStatus(Verdict verdict, int status) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(status));
    }

    private static final String WEB = "{backendRefs: [{name: web, port: 80}]}";

    /**
     * The API's order, by which the one that asks for more comes first, whatever the objects' order (sortHTTPRoutes).
     */
    @ParameterizedTest
    @CsvSource({"1.25.5, true", "1.26.0, false"})
    void a_filter_of_cors_made_nothing_of_the_whole_route_before_1_26(String release, boolean lost) {
        String rules = to("{matches: [{path: {type: PathPrefix, value: /api}}], filters: [{type: CORS, cors:"
                + " {allowOrigins: ['https://a.example.org']}}], backendRefs: [{name: cart, port: 80}]},"
                + " {backendRefs: [{name: web, port: 80}]}");

        assertThat(get(since(release, rules), "https://shop.example.org/").isDelivered())
                .isNotEqualTo(lost);
        assertThat(get(since(release, rules), "https://shop.example.org/").isAnswered(404))
                .isEqualTo(lost);
    }

    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource(delimiter = '|', textBlock = """
        path: {type: Exact, value: /api}                | path: {value: /api}
        path: {type: Exact, value: /api}                | path: {value: /api}, method: GET
        path: {value: /api}                             | path: {type: RegularExpression, value: "/ap.*"}
        path: {value: /}                                | path: {type: RegularExpression, value: "/api"}, method: GET
        path: {value: /api}                             | path: {value: /}, method: GET
        path: {value: /api}, method: GET                | path: {value: /api}
        path: {value: /api}, method: GET                | path: {value: /api}, headers: [{name: a, value: b}]
        path: {value: /api}, headers: [{name: a, value: b}] | path: {value: /api}
        path: {value: /api}, headers: [{name: a, value: b}, {name: c, value: d}] | path: {value: /api}, headers: [{name: a, value: b}]
        path: {value: /api}, headers: [{name: a, value: b}] | path: {value: /api}, queryParams: [{name: q, value: r}]
        path: {value: /api}, queryParams: [{name: q, value: r}] | path: {value: /api}
        path: {value: /api}, queryParams: [{name: q, value: r}, {name: s, value: t}] | path: {value: /api}, queryParams: [{name: q, value: r}]
        """)
    void what_asks_for_more_comes_first(String first, String second) {
        String rule = "hostnames: [shop.example.org], rules: [{matches: [{%s}], backendRefs: [{name: %s, port: 80}]}]";
        Request request = Request.of("GET", "http://shop.example.org/api?q=r&s=t")
                .header("a", "b")
                .header("c", "d");
        for (String[] names : new String[][] {{"a", "b"}, {"b", "a"}}) {
            String wins = route(names[0], "shop", rule.formatted(first, "web"));
            String waits = route(names[1], "shop", rule.formatted(second, "cart"));

            assertThat(destination(trace(wins, waits).follow(request).verdict()))
                    .isEqualTo("web");
            assertThat(destination(trace(waits, wins).follow(request).verdict()))
                    .isEqualTo("web");
        }
    }

    @Test
    void a_route_attaches_itself_to_the_listeners_of_its_parent() {
        Trace trace = trace(to(WEB));

        assertThat(destination(get(trace, "http://shop.example.org/"))).isEqualTo("web");
        assertThat(destination(get(trace, "https://shop.example.org/"))).isEqualTo("web");
        assertStatus(get(trace, "http://other.example.org/"), 404);
        assertThat(get(trace, "https://other.example.org/")).isInstanceOf(Closed.class);
        assertThat(get(trace, "http://shop.example.org:8443/")).isInstanceOf(Closed.class);
    }

    @Test
    void each_step_names_the_field_of_the_route() {
        Path path = trace(to("{matches: [{path: {value: /a}}], timeouts: {request: 5s}, %s}"
                        .formatted(WEB.substring(1, WEB.length() - 1))))
                .request("GET", "http://shop.example.org/a")
                .path();

        assertThat(path.hops())
                .flatExtracting(PathHop::steps)
                .filteredOn(step -> step.what().startsWith("route "))
                .singleElement()
                .satisfies(step -> assertThat(step.decidedBy().get(0).pointer()).isEqualTo("/spec/rules/0/matches/0"));
        assertThat(path.handling().orElseThrow().timeout()).contains("5s");
        assertThat(path.hops())
                .flatExtracting(PathHop::steps)
                .filteredOn(step -> step.what().startsWith("times out"))
                .singleElement()
                .satisfies(step -> assertThat(step.decidedBy().get(0).pointer()).isEqualTo("/spec/rules/0/timeouts"));
    }

    @Test
    void a_listener_admits_routes_of_some_namespaces_only() {
        String spec =
                "hostnames: [shop.example.org, admin.example.org], rules: [{backendRefs: [{name: web, namespace: shop,"
                        + " port: 80}]}]";
        Trace trace = trace(route("foreign", "other", spec), """
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: other}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop},
              spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other}],
                to: [{group: "", kind: Service}]}}
            """);

        assertThat(destination(get(trace, "http://shop.example.org/"))).isEqualTo("web");
        assertStatus(get(trace, "https://shop.example.org/"), 404);
        // The listener for admin.example.org has the host to itself and takes routes of its own namespace only.
        assertStatus(get(trace, "http://admin.example.org/"), 404);
    }

    @Test
    void a_service_of_another_namespace_must_grant_the_reference() {
        String spec = "hostnames: [shop.example.org], rules: [{backendRefs: [{name: web, namespace: shop, port: 80}]}]";

        assertStatus(get(trace(route("foreign", "other", spec)), "http://shop.example.org/"), 500);
    }

    @Test
    void routes_without_a_backend_answer_500() {
        assertStatus(get(trace(to("{backendRefs: [{name: nobody, port: 80}]}")), "http://shop.example.org/"), 500);
        assertStatus(get(trace(to("{backendRefs: [{name: web, port: 81}]}")), "http://shop.example.org/"), 500);
        assertStatus(
                get(trace(to("{backendRefs: [{name: web, port: 80, weight: 0}]}")), "http://shop.example.org/"), 500);
        assertStatus(get(trace(to("{}")), "http://shop.example.org/"), 500);
        assertStatus(get(since("1.30.0", to("{}")), "http://shop.example.org/"), 404);
        assertStatus(get(since("1.31.0", to("{}")), "http://shop.example.org/"), 500);
        assertStatus(
                get(
                        since("1.30.0", to("{backendRefs: [{name: web, port: 80, weight: 0}]}")),
                        "http://shop.example.org/"),
                500);
    }

    @Test
    void the_more_exact_match_goes_first_wherever_it_is_written() {
        Trace trace = trace(
                route(
                        "a",
                        "shop",
                        "hostnames: [shop.example.org], rules: [{matches: [{path: {value: /}}], backendRefs: [{name:"
                                + " web, port: 80}]}]"),
                route(
                        "b",
                        "shop",
                        "hostnames: [shop.example.org], rules: [{matches: [{path: {value: /cart/}}, {headers: [{name:"
                                + " X-Cart, value: '1'}]}], backendRefs: [{name: cart, port: 80}]}]"));

        assertThat(destination(get(trace, "http://shop.example.org/"))).isEqualTo("web");
        assertThat(destination(get(trace, "http://shop.example.org/cart"))).isEqualTo("cart");
        assertThat(destination(get(trace, "http://shop.example.org/cart/1"))).isEqualTo("cart");
        assertThat(destination(get(trace, "http://shop.example.org/cartoon"))).isEqualTo("web");
        assertThat(destination(trace.request("GET", "http://shop.example.org/")
                        .header("x-cart", "1")
                        .verdict()))
                .isEqualTo("cart");
    }

    @Test
    void which_of_two_equal_routes_goes_first_depends_on_their_age() {
        String rule = "hostnames: [shop.example.org], rules: [{matches: [{path: {value: /x}}], backendRefs: [{name: %s,"
                + " port: 80}]}]";
        String older = route("b", "shop", rule.formatted("cart"))
                .replace("name: b,", "name: b, creationTimestamp: '2024-01-01T00:00:00Z',");
        String younger = route("a", "shop", rule.formatted("web"))
                .replace("name: a,", "name: a, creationTimestamp: '2025-01-01T00:00:00Z',");

        assertThat(get(
                        trace(route("a", "shop", rule.formatted("web")), route("b", "shop", rule.formatted("cart"))),
                        "http://shop.example.org/x"))
                .isInstanceOf(Unknown.class);
        assertThat(destination(get(trace(older, younger), "http://shop.example.org/x")))
                .isEqualTo("cart");
        // Of one second the names decide.
        assertThat(destination(get(trace(older, younger.replace("2025", "2024")), "http://shop.example.org/x")))
                .isEqualTo("web");
        assertThat(get(
                        trace(
                                route("a", "shop", rule.formatted("web").replace("/x", "/")),
                                route("b", "shop", rule.formatted("cart").replace("/x", "/"))),
                        "http://shop.example.org/"))
                .isInstanceOf(Unknown.class);
    }

    /**
     * As a real Envoy answered in the rehearsal: older ones of other namespaces come behind
     * (VirtualServicesForGateway).
     */
    @Test
    void routes_of_the_gateways_own_namespace_go_first() {
        String rule =
                "rules: [{matches: [{path: {value: /x}}], filters: [{type: RequestRedirect, requestRedirect: {hostname:"
                        + " %s.example.com}}]}]";
        String near = route("a", "edge", "hostnames: ['*.example.org'], ".concat(rule.formatted("near")));
        String far = route("b", "shop", rule.formatted("far"));
        String older = far.replace("name: b,", "name: b, creationTimestamp: '2024-01-01T00:00:00Z',");
        String younger = near.replace("name: a,", "name: a, creationTimestamp: '2025-01-01T00:00:00Z',");

        for (Trace trace : List.of(trace(far, near), trace(older, younger))) {
            assertThat(get(trace, "http://any.example.org/x").summary()).contains("near.example.com");
        }
        String elsewhere = route("a", "shop", "hostnames: ['*.example.org'], ".concat(rule.formatted("near")))
                .replace("name: a,", "name: a, creationTimestamp: '2025-01-01T00:00:00Z',");
        assertThat(get(trace(older, elsewhere), "http://any.example.org/x").summary())
                .contains("far.example.com");
    }

    @Test
    void filters_rewrite_redirect_and_mirror() {
        String filtered = "{matches: [{path: {value: /old}}], filters: [%s], backendRefs: [{name: web, port: 80}]}";
        Path rewritten = trace(to(filtered.formatted(
                        "{type: URLRewrite, urlRewrite: {hostname: web.internal, path: {type: ReplacePrefixMatch,"
                                + " replacePrefixMatch: /}}}, {type: RequestMirror, requestMirror: {backendRef: {name:"
                                + " cart, port: 80}}}")))
                .request("GET", "http://shop.example.org/old/page")
                .path();
        Verdict redirected = get(
                trace(to("{matches: [{path: {value: /old}}], filters: [{type: RequestRedirect, requestRedirect:"
                        + " {scheme: https, statusCode: 302, path: {type: ReplacePrefixMatch,"
                        + " replacePrefixMatch: /new}}}]}")),
                "http://shop.example.org/old/page");

        assertThat(rewritten.handling().orElseThrow().path()).isEqualTo("/page");
        assertThat(rewritten.handling().orElseThrow().authority()).isEqualTo("web.internal");
        assertThat(rewritten.handling().orElseThrow().mirrors()).containsExactly("cart.shop.svc.cluster.local");
        assertStatus(redirected, 302);
        assertThat(redirected.summary()).endsWith("https://shop.example.org/new/page");
    }

    @Test
    void weights_share_the_requests() {
        Verdict verdict = get(
                trace(to("{backendRefs: [{name: web, port: 80, weight: 9}, {name: cart, port: 80}]}")),
                "http://shop.example.org/");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.targets())
                                .extracting(DeliveryTarget::part)
                                .containsExactly(0.9, 0.1));
    }

    @Test
    void a_route_of_grpc_matches_services_and_methods() {
        Trace trace = trace("""
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata: {name: calls, namespace: shop}
            spec:
              parentRefs: [{name: public, namespace: edge, sectionName: web}]
              hostnames: [grpc.example.org]
              rules: [{matches: [{method: {service: shop.Cart}}], backendRefs: [{name: cart, port: 80}]}]
            """);

        assertThat(destination(trace.request("POST", "http://grpc.example.org/shop.Cart/Add")
                        .verdict()))
                .isEqualTo("cart");
        assertStatus(
                trace.request("POST", "http://grpc.example.org/shop.Carts/Add").verdict(), 404);
    }

    @Test
    void a_route_on_a_service_concerns_its_callers() {
        String mesh = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: split, namespace: %s}
            spec:
              parentRefs: [{group: "", kind: Service, name: web, namespace: shop}]
              rules: [{backendRefs: [{name: cart, namespace: shop, port: 80}]}]
            """;
        String caller =
                "---\n{apiVersion: v1, kind: Namespace, metadata: {name: other, labels: {istio-injection: enabled}}}\n"
                        .concat(deployment("other", "job"));

        assertThat(destination(trace(mesh.formatted("shop"), caller)
                        .request("GET", "http://web.shop/")
                        .from("other/job")
                        .verdict()))
                .isEqualTo("cart");
        assertThat(destination(trace(mesh.formatted("shop"))
                        .request("GET", "http://web.shop/")
                        .from("shop/cart")
                        .verdict()))
                .isEqualTo("cart");
        // Istio leaves the routes of others to those who wrote them.
        assertThat(destination(trace(mesh.formatted("other"), caller)
                        .request("GET", "http://web.shop/")
                        .from("shop/cart")
                        .verdict()))
                .isEqualTo("web");
    }

    @Test
    void a_route_for_one_port_of_a_service_leaves_the_others_to_the_next() {
        String service = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: desk, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http-a, port: 81, targetPort: 8080}, {name: http-b, port: 82}]}
            """;
        String route = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: %s, namespace: shop}
            spec:
              parentRefs: [{group: "", kind: Service, name: desk%s}]
              rules: [{%s}]
            """;
        Trace trace = trace(
                service,
                route.formatted("a", ", port: 81", "matches: [{path: {value: /a}}]"),
                route.formatted("b", "", "backendRefs: [{name: cart, port: 80}]"));

        assertThat(destination(trace.request("GET", "http://desk.shop:82/")
                        .from("shop/cart")
                        .verdict()))
                .isEqualTo("cart");
    }

    @Test
    void a_route_of_a_service_does_not_count_on_ports_that_the_service_lacks() {
        Trace trace = trace("""
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: desk, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 81, targetPort: 8080}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: desk, namespace: shop}
            spec:
              parentRefs: [{group: "", kind: Service, name: desk}]
              rules: [{backendRefs: [{name: cart, port: 80}]}]
            """);

        assertThat(destination(trace.request("GET", "http://desk.shop:81/")
                        .from("shop/cart")
                        .verdict()))
                .isEqualTo("cart");
        assertThat(destination(trace.request("GET", "http://web.shop/")
                        .header("Host", "desk.shop.svc.cluster.local")
                        .from("shop/cart")
                        .verdict()))
                .isEqualTo("web");
    }

    @Test
    void changes_of_headers_count_behind_the_route_and_its_backends() {
        String policy = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {action: DENY, rules: [{when: [{key: "request.headers[x-team]", values: [%s]}]}]}}
            """;
        String rule =
                "{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Team, value: a}]}}],"
                        + " backendRefs: [{name: web, port: 80, filters: [{type: RequestHeaderModifier,"
                        + " requestHeaderModifier: {add: [{name: x-team, value: b}]}}]}]}";

        assertStatus(get(trace(to(rule), policy.formatted("'a,b'")), "http://shop.example.org/"), 403);
        assertThat(destination(get(trace(to(rule), policy.formatted("a")), "http://shop.example.org/")))
                .isEqualTo("web");
    }

    @Test
    void a_filter_that_no_backend_may_have_refuses_the_route() {
        Trace trace = trace(to("{backendRefs: [{name: web, port: 80,"
                + " filters: [{type: URLRewrite, urlRewrite: {hostname: a.example.org}}]}]}"));

        assertStatus(get(trace, "http://shop.example.org/"), 404);
    }

    @Test
    void a_mirror_that_leads_to_no_service_is_left_out() {
        Path path = trace(to("{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: nobody, port: 80}}}],"
                        + " backendRefs: [{name: web, port: 80}]}"))
                .request("GET", "http://shop.example.org/")
                .path();

        assertThat(path.verdict().isDelivered()).isTrue();
        assertThat(path.handling().orElseThrow().mirrors()).isEmpty();
    }

    @Test
    void what_a_listener_takes_by_labels_that_nothing_tells_is_unknown() {
        String spec = "hostnames: [shop.example.org], rules: [{backendRefs: [{name: web, port: 80}]}]";

        assertThat(get(trace(to(WEB), route("other", "unlabelled", spec)), "https://shop.example.org/"))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("namespace unlabelled"));
        assertThat(get(
                                trace(
                                        to(WEB),
                                        route("other", "unlabelled", spec),
                                        "---\n{apiVersion: v1, kind: Namespace, metadata: {name: unlabelled}}"),
                                "https://shop.example.org/")
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_listener_between_networks_serves_other_clusters() {
        String between = BASE.replace(
                        "metadata: {name: public, namespace: edge}",
                        "metadata: {name: public, namespace: edge, labels: {topology.istio.io/network: one}}")
                .replace(
                        "  - name: tls\n    port: 443",
                        "  - {name: x, port: 15443, protocol: TLS, tls: {mode: Passthrough}}\n"
                                + "  - name: tls\n    port: 443");

        assertThat(Trace.of(Mesh.of(ManifestReader.of("test.yaml", between).manifests()))
                        .request("GET", "tls://web.shop.svc.cluster.local:15443")
                        .verdict())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("other clusters"));
    }

    @Test
    void a_gateway_may_demand_certificates_of_all_clients() {
        String demanding = BASE.replace(
                        "gatewayClassName: istio",
                        "gatewayClassName: istio\n  tls: {frontend:"
                                + " {default: {validation: {caCertificateRefs: [{name: ca}]}}, perPort: [%s]}}")
                .concat(to(WEB));

        assertThat(secure(demanding.formatted(""))).isInstanceOf(Closed.class);
        assertThat(secure(demanding.formatted("{port: 443, tls: {}}"))).isInstanceOf(Delivered.class);
        assertThat(secure(demanding.formatted("{port: 443, tls: {validation: {mode: AllowInsecureFallback}}}")))
                .isInstanceOf(Delivered.class);
    }

    private static Verdict secure(String text) {
        return get(Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests())), "https://shop.example.org/");
    }

    @Test
    void what_is_no_service_is_unknown_since_releases_know_more() {
        String pool =
                to("{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: p, port: 80}]}");

        assertStatus(get(trace(pool), "http://shop.example.org/"), 500);
        assertThat(get(since("1.28.0", pool), "http://shop.example.org/")).isInstanceOf(Unknown.class);
        assertStatus(
                get(
                        since("1.30.0", to("{backendRefs: [{group: example.org, kind: Bucket, name: b, port: 80}]}")),
                        "http://shop.example.org/"),
                500);
    }

    @Test
    void a_redirect_without_a_status_has_that_of_its_schema() {
        assertStatus(
                get(
                        trace(to("{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}")),
                        "http://shop.example.org/"),
                302);
    }

    @Test
    void an_asterisk_inside_an_origin_counts_since_1_30() {
        String cors = to("{filters: [{type: CORS, cors: {allowOrigins: ['https://*.example.com']}}],"
                + " backendRefs: [{name: web, port: 80}]}");

        assertThat(origin(since("1.30.0", cors), "https://a.example.com")).isTrue();
        assertThat(origin(since("1.30.0", cors), "https://a.example.net")).isFalse();
        assertThat(origin(trace(cors), "https://a.example.com")).isFalse();
    }

    private static boolean origin(Trace trace, String origin) {
        return trace.request("GET", "http://shop.example.org/")
                .header("Origin", origin)
                .path()
                .handling()
                .orElseThrow()
                .allowOrigin()
                .isPresent();
    }

    @Test
    void a_listener_is_not_opened_for_a_certificate_that_nobody_grants() {
        String elsewhere =
                BASE.replace("certificateRefs: [{name: cert}]", "certificateRefs: [{name: cert, namespace: safe}]");
        String grant = """
            ---
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: ReferenceGrant
            metadata: {name: cert, namespace: safe}
            spec:
              from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: edge}]
              to: [{group: "", kind: Secret, name: %s}]
            """;
        String route = to("{backendRefs: [{name: web, port: 80}]}");

        assertThat(secure(BASE, route).isDelivered()).isTrue();
        assertThat(secure(elsewhere, route)).isInstanceOf(Closed.class);
        assertThat(secure(elsewhere, route, grant.formatted("cert")).isDelivered())
                .isTrue();
        assertThat(secure(elsewhere, route, grant.formatted("other"))).isInstanceOf(Closed.class);
    }

    private static Verdict secure(String... documents) {
        return Trace.of(Mesh.of(
                        ManifestReader.of("test.yaml", String.join("", documents))
                                .manifests(),
                        IstioVersion.of("1.30.3")))
                .request("GET", "https://shop.example.org/")
                .verdict();
    }

    @Test
    void a_listener_for_routes_of_several_namespaces_shows_its_name_once() {
        String more = """
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: more, labels: {routes: "yes"}}}
            """;

        assertThat(destination(
                        get(trace(to("{backendRefs: [{name: web, port: 80}]}"), more), "https://shop.example.org/")))
                .isEqualTo("web");
    }

    @Test
    void headers_of_answers_are_those_that_the_filter_lists() {
        Trace trace = trace(to("""
            {backendRefs: [{name: web, port: 80}], filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {
              set: [{name: X-Frame-Options, value: DENY}], add: [{name: x-more, value: b}], remove: [server]}}]}"""));

        assertThat(trace.request("GET", "http://shop.example.org/")
                        .path()
                        .handling()
                        .orElseThrow()
                        .responseHeaders())
                .containsExactly(Map.entry("x-frame-options", "DENY"), Map.entry("x-more", "b"));
    }

    /** Istio pull request 59222. */
    @ParameterizedTest
    @CsvSource({"1.25.5, cart, web", "1.26.2, web, web", "1.29.9, web, web", "1.30.0, cart, web"})
    void routes_of_http_and_grpc_for_one_host_are_sorted_together_or_one_goes(
            String release, String exact, String other) {
        String grpc = route(
                        "calls",
                        "shop",
                        "hostnames: [shop.example.org], rules: [{matches: [{method: {service: shop.Cart, method: Get}}], backendRefs: [{name: cart, port: 80}]}]")
                .replace("HTTPRoute", "GRPCRoute");
        Trace trace = since(
                release,
                route(
                        "a",
                        "shop",
                        "hostnames: [shop.example.org], rules: [{matches: [{path: {type: PathPrefix, value: /shop.Cart}}],"
                                + " backendRefs: [{name: web, port: 80}]}]"),
                grpc);

        assertThat(destination(get(trace, "http://shop.example.org/shop.Cart/Get")))
                .isEqualTo(exact);
        assertThat(destination(get(trace, "http://shop.example.org/shop.Cart/Put")))
                .isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({"1.25.5, web, cart", "1.26.0, '', cart", "1.29.9, '', cart", "1.30.0, web, cart"})
    void of_entries_of_a_grant_for_one_kind_some_releases_keep_the_last(String release, String web, String cart) {
        String grant = """
            ---
            {apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop},
              spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}],
                to: [{group: '', kind: Service, name: web}, {group: '', kind: Service, name: cart}]}}
            """;
        String to = "hostnames: [shop.example.org], rules: [{backendRefs: [{name: %s, namespace: shop, port: 80}]}]";

        assertThat(granted(since(release, route("a", "edge", to.formatted("web")), grant)))
                .isEqualTo(web);
        assertThat(granted(since(release, route("a", "edge", to.formatted("cart")), grant)))
                .isEqualTo(cart);
    }

    private static String granted(Trace trace) {
        Verdict verdict = get(trace, "http://shop.example.org/");
        return verdict.isDelivered() ? destination(verdict) : verdict.isAnswered(500) ? "" : verdict.summary();
    }
}
