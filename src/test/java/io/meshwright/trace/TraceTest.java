package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.PathStep;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.value.InvalidValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final String TO_WEB = "[{name: all, route: [{destination: {host: web}}]}]";
    private static final String URL = "http://shop.example.org/";
    private static final String CORS =
            "corsPolicy: {allowOrigins: [{exact: 'https://app.example.org'}], allowMethods: [PUT]}";
    private static final String NEEDS_TOKEN = """
        ---
        {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: jwt, namespace: istio-ingress},
         spec: {selector: {matchLabels: {istio: ingress}},
           jwtRules: [{issuer: https://id.example.org, audiences: [shop]}]}}
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: token, namespace: istio-ingress},
         spec: {selector: {matchLabels: {istio: ingress}}, action: DENY,
           rules: [{from: [{source: {notRequestPrincipals: ['*']}}]%s}]}}
        """;

    private static Verdict get(Trace trace) {
        return trace.request("GET", URL).verdict();
    }

    private static List<String> steps(Trace trace) {
        return trace.request("GET", URL).path().hops().stream()
                .flatMap(hop -> hop.steps().stream())
                .map(PathStep::what)
                .toList();
    }

    private static void assertStatus(Verdict verdict, int status, String flag) {
        assertThat(verdict).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(status);
            assertThat(answered.flag()).isEqualTo(flag);
        });
    }

    @Test
    void delivers_to_the_pods_behind_the_route() {
        assertThat(get(shop(routes(TO_WEB))))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.targets())
                                .singleElement()
                                .satisfies(target -> {
                                    assertThat(target.host()).isEqualTo("web.shop.svc.cluster.local");
                                    assertThat(target.pods()).containsExactly("shop/web");
                                    assertThat(target.part()).isEqualTo(1);
                                }));
    }

    @Test
    void flagger_has_routes_of_its_own_at_the_gateways_that_a_canary_names() {
        String canary = """
            ---
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: web, namespace: shop}
            spec: {targetRef: {kind: Deployment, name: web}, service: {port: 80, gateways: [%s], hosts: [%s]}}
            """;

        assertThat(get(shop(canary.formatted("public.shop.svc.cluster.local", "shop.example.org")))
                        .summary())
                .isEqualTo("unknown: Flagger makes the routes of Canary shop/web for shop.example.org; otherwise"
                        + " answered 404 NR: no host shop.example.org");
        assertThat(get(shop(canary.formatted("shop/public", "'*'"))).summary()).startsWith("unknown: Flagger makes");
        assertStatus(get(shop(canary.formatted("shop/public", "other.example.org"))), 404, "NR");
        assertStatus(get(shop(canary.formatted("shop/other", "'*'"))), 404, "NR");
        assertStatus(get(shop(canary.formatted("mesh", "'*'"))), 404, "NR");
    }

    @Test
    void which_of_several_gateways_is_met_matters_only_where_they_differ() {
        String second = """
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: second, namespace: argocd}
            spec:
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: gateway, targetRevision: 1.26.2,
                helm: {valuesObject: {name: second, labels: {istio: ingress}}}}
              destination: {namespace: istio-ingress}
            """;
        String refusing = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: none, namespace: istio-ingress},
             spec: {selector: {matchLabels: {app: second}}}}
            """;
        Trace alike = shop(routes(TO_WEB), second);

        assertThat(get(alike).isDelivered()).isTrue();
        assertThat(alike.request("GET", "http://none.example.org/").verdict().isAnswered(404))
                .isTrue();
        assertThat(get(shop(routes(TO_WEB), second, refusing)).summary())
                .isEqualTo("unknown: several gateways have port 80 open, and DNS decides which of them"
                        + " shop.example.org leads to");
    }

    @Test
    void each_step_names_the_field_that_decided() {
        Path path = shop(routes(TO_WEB)).request("GET", URL).path();

        assertThat(path.hops())
                .extracting(PathHop::where)
                .containsExactly("load balancer", "gateway istio-ingress/ingress port 80", "shop/web port 8080");
        assertThat(path.hops().get(1).steps())
                .filteredOn(step -> step.what().equals("route all"))
                .singleElement()
                .satisfies(step -> assertThat(step.decidedBy()).singleElement().satisfies(source -> {
                    assertThat(source.pointer()).isEqualTo("/spec/http/0");
                    assertThat(source.place().line()).isGreaterThan(1);
                }));
    }

    @Test
    void a_host_or_path_without_route_is_answered_404() {
        assertStatus(
                shop(routes(TO_WEB)).request("GET", "http://other.example.org/").verdict(), 404, "NR");
        assertStatus(
                shop(routes("[{match: [{uri: {prefix: /api/}}], route: [{destination: {host: web}}]}]"))
                        .request("GET", URL)
                        .verdict(),
                404,
                "NR");
    }

    @Test
    void a_service_or_subset_that_is_not_there_is_answered_503_NC() {
        assertStatus(get(shop(routes("[{route: [{destination: {host: nobody}}]}]"))), 503, "NC");
        assertStatus(get(shop(routes("[{route: [{destination: {host: web, subset: v2}}]}]"))), 503, "NC");
        assertStatus(get(shop(routes("[{route: [{destination: {host: web, port: {number: 81}}}]}]"))), 503, "NC");
    }

    @Test
    void a_subset_without_pods_is_answered_503_UH() {
        assertStatus(get(shop(routes("[{route: [{destination: {host: web, subset: v2}}]}]"), """
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: web, namespace: shop},
             spec: {host: web, subsets: [{name: v2, labels: {version: v2}}]}}
            """)), 503, "UH");
    }

    @Test
    void a_part_of_the_requests_may_fail() {
        Verdict verdict = get(shop(routes(
                "[{route: [{destination: {host: web}, weight: 3}, {destination: {host: nobody}, weight: 1}]}]")));

        assertThat(verdict).isInstanceOfSatisfying(Split.class, split -> {
            assertThat(split.parts()).extracting(Verdict.Part::part).containsExactly(0.75, 0.25);
            assertThat(split.parts().get(0).verdict().isDelivered()).isTrue();
            assertThat(split.parts().get(1).verdict().isAnswered(503)).isTrue();
        });
    }

    @Test
    void a_fault_hits_its_percentage_and_also_preflights() {
        String fault = "fault: {abort: {httpStatus: 418, percentage: {value: %s}}}";
        String route = "[{%s, %s, route: [{destination: {host: web}}]}]";

        assertStatus(
                shop(routes(route.formatted(fault.formatted("100"), CORS)))
                        .request("PUT", URL)
                        .header("Origin", "https://app.example.org")
                        .preflight()
                        .verdict(),
                418,
                "FI");
        assertThat(get(shop(routes(route.formatted(fault.formatted("10"), CORS)))))
                .isInstanceOf(Split.class);
        assertThat(get(shop(routes(route.formatted("fault: {abort: {httpStatus: 418}}", CORS))))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_fault_of_grpc_is_a_good_answer_of_http_and_one_without_a_status_is_none() {
        String route = "[{fault: {abort: {%s percentage: {value: 100}}}, route: [{destination: {host: web}}]}]";

        assertStatus(get(shop(routes(route.formatted("grpcStatus: UNAVAILABLE,")))), 200, "FI");
        assertThat(get(shop(routes(route.formatted("")))).isDelivered()).isTrue();
        assertThat(get(shop(routes(route.formatted("httpStatus: 503, percent: 100,")
                                .replace("percentage: {value: 100}", ""))))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_delay_is_over_before_a_timeout_begins() {
        String route =
                "[{fault: {delay: {%s, percentage: {value: 100}}}, timeout: 1s, route: [{destination: {host: web}}]}]";

        assertThat(steps(shop(routes(route.formatted("fixedDelay: 5s")))))
                .contains("100 % of the requests are delayed by 5s, before any timeout begins");
        assertThat(steps(shop(routes(route.formatted("exponentialDelay: 5s")))))
                .noneMatch(step -> step.contains("delayed"));
    }

    @Test
    void tls_to_a_workload_that_speaks_plaintext_fails_before_a_connection_stands() {
        String plain = "---\n"
                + "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default,"
                + " namespace: shop}, spec: {mtls: {mode: DISABLE}}}\n";
        String mutual = """
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: web, namespace: shop},
             spec: {host: web, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}}
            """;

        assertThat(get(shop(routes(TO_WEB), plain)).isDelivered()).isTrue();
        assertStatus(get(shop(routes(TO_WEB), plain, mutual)), 503, "UF");
        assertStatus(get(shop(routes(TO_WEB), plain, mutual.replace("ISTIO_MUTUAL", "SIMPLE"))), 503, "UF");
    }

    @Test
    void plaintext_to_a_strict_workload_is_reset() {
        String strict = "---\n"
                + "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default,"
                + " namespace: shop}, spec: {mtls: {mode: STRICT}}}\n";
        String plain = """
            ---
            {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: web, namespace: shop},
             spec: {host: web, trafficPolicy: {tls: {mode: DISABLE}}}}
            """;

        assertThat(get(shop(routes(TO_WEB), strict)).isDelivered()).isTrue();
        assertStatus(get(shop(routes(TO_WEB), strict, plain)), 503, "UC");
        assertStatus(get(shop(routes(TO_WEB), strict, plain.replace("DISABLE", "SIMPLE"))), 503, "UF");
        assertThat(shop(strict)
                        .request("GET", "http://web.shop/")
                        .from("legacy/batch")
                        .verdict())
                .isInstanceOf(Closed.class);
        assertThat(shop().request("GET", "http://web.shop/")
                        .from("legacy/batch")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_policy_that_demands_a_token_refuses_preflights_unless_it_spares_OPTIONS() {
        String route = routes("[{%s, route: [{destination: {host: web}}]}]".formatted(CORS));

        assertStatus(preflight(shop(route, NEEDS_TOKEN.formatted(""))), 403, "RBAC");
        assertStatus(
                preflight(shop(route, NEEDS_TOKEN.formatted(", to: [{operation: {notMethods: [OPTIONS]}}]"))), 200, "");
    }

    private static Verdict preflight(Trace trace) {
        return trace.request("PUT", URL)
                .header("Origin", "https://app.example.org")
                .preflight()
                .verdict();
    }

    @Test
    void tokens_open_what_demands_them() {
        Trace trace = shop(routes(TO_WEB), NEEDS_TOKEN.formatted(""));
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", "https://id.example.org")
                .put("sub", "anna")
                .put("aud", "shop");

        assertStatus(get(trace), 403, "RBAC");
        assertThat(trace.request("GET", URL).jwt(claims).verdict().isDelivered())
                .isTrue();
        assertStatus(
                trace.request("GET", URL)
                        .jwt(claims.deepCopy().put("iss", "https://other.example.org"))
                        .verdict(),
                401,
                "");
        assertStatus(
                trace.request("GET", URL)
                        .jwt(claims.deepCopy().put("aud", "bank"))
                        .verdict(),
                403,
                "");
        assertStatus(
                trace.request("GET", URL)
                        .header("Authorization", "Bearer opaque")
                        .verdict(),
                401,
                "");
    }

    @Test
    void a_token_is_gone_behind_a_gateway_that_does_not_forward_it() {
        String atWorkload = """
            ---
            {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: jwt, namespace: shop},
              spec: {jwtRules: [{issuer: https://id.example.org}]}}
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: token, namespace: shop},
             spec: {rules: [{from: [{source: {requestPrincipals: ['*']}}]}]}}
            """;
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", "https://id.example.org")
                .put("sub", "anna")
                .put("aud", "shop");

        assertThat(shop(routes(TO_WEB), atWorkload)
                        .request("GET", URL)
                        .jwt(claims)
                        .verdict()
                        .isDelivered())
                .isTrue();
        assertStatus(
                shop(routes(TO_WEB), atWorkload, NEEDS_TOKEN.formatted(""))
                        .request("GET", URL)
                        .jwt(claims)
                        .verdict(),
                403,
                "RBAC");
    }

    @Test
    void the_path_is_rewritten_before_the_next_hop_sees_it() {
        String route =
                "[{match: [{uri: {prefix: /api/}}], rewrite: {uri: /, authority: web.internal}, route: [{destination:"
                        + " {host: web}}]}]";
        String onlyRoot = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: root, namespace: shop},
              spec: {rules: [{to: [{operation: {paths: [/users]}}]}]}}
            """;
        Path path = shop(routes(route), onlyRoot)
                .request("GET", "http://shop.example.org/api/users")
                .path();

        assertThat(path.handling().orElseThrow().path()).isEqualTo("/users");
        assertThat(path.handling().orElseThrow().authority()).isEqualTo("web.internal");
        assertThat(path.verdict().isDelivered()).isTrue();
    }

    @Test
    void a_redirect_has_no_CORS_and_ends_the_way() {
        String route = "[{%s, redirect: {uri: /new, redirectCode: 308}}]".formatted(CORS);

        assertStatus(preflight(shop(routes(route))), 308, "");
    }

    @Test
    void the_age_of_objects_is_not_guessed() {
        String second = routes(
                        "[{match: [{uri: {prefix: /}, method: {exact: GET}}], route: [{destination: {host: cart}}]}]")
                .replace("name: shop, ", "name: zoo, ");
        String first = routes("[{match: [{uri: {prefix: /a}}], route: [{destination: {host: web}}]}]");

        assertThat(shop(first, second)
                        .request("GET", "http://shop.example.org/abc")
                        .verdict())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("created first"));
        assertThat(shop(first, second)
                        .request("GET", "http://shop.example.org/b")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_match_of_the_authority_counts_letters_as_they_are_and_a_host_does_not() {
        String exact =
                routes("[{match: [{authority: {exact: shop.example.org}}], route: [{destination: {host: web}}]}]");

        assertThat(shop(exact)
                        .request("GET", "http://shop.example.org/")
                        .verdict()
                        .isDelivered())
                .isTrue();
        assertThat(shop(exact)
                        .request("GET", "http://Shop.example.org/")
                        .verdict()
                        .isAnswered(404))
                .isTrue();
        assertThat(shop(routes(TO_WEB))
                        .request("GET", "http://shop.example.org/")
                        .header("Host", "SHOP.example.org")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void what_reshapes_a_proxy_makes_the_end_unknown() {
        String filter = """
            ---
            {apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter, metadata: {name: lua, namespace: istio-ingress},
             spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_BEFORE,
               value: {name: envoy.filters.http.lua}}}]}}
            """;

        assertThat(get(shop(routes(TO_WEB), filter)))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.otherwise())
                                .hasValueSatisfying(otherwise ->
                                        assertThat(otherwise.isDelivered()).isTrue()));
        assertThat(get(shop(routes(TO_WEB), filter.replace("http.lua", "http.local_ratelimit")))
                        .isDelivered())
                .isTrue();
        assertThat(get(shop(routes(TO_WEB), filter.replace("namespace: istio-ingress", "namespace: legacy")))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void an_external_authorizer_is_not_guessed() {
        String custom = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: oidc, namespace: istio-ingress},
             spec: {action: CUSTOM, provider: {name: oidc}, rules: [{to: [{operation: {paths: [/admin]}}]}]}}
            """;

        assertThat(shop(routes(TO_WEB), custom)
                        .request("GET", "http://shop.example.org/admin")
                        .verdict())
                .isInstanceOf(Unknown.class);
        assertThat(get(shop(routes(TO_WEB), custom)).isDelivered()).isTrue();
    }

    @Test
    void of_several_external_authorizers_a_proxy_asks_none_and_denies() {
        String custom = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: %1$s, namespace: istio-ingress},
             spec: {action: CUSTOM, provider: {name: %2$s}, rules: [{to: [{operation: {paths: [/%1$s]}}]}]}}
            """;
        String several = """
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: istiod, namespace: argocd}
            spec:
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.30.1,
                helm: {valuesObject: {pilot: {env: {PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: "true"}}}}}
              destination: {namespace: istio-system}
            """;
        String two = custom.formatted("private", "tokens").concat(custom.formatted("partners", "keys"));

        assertThat(get(shop(routes(TO_WEB), two)).isDelivered()).isTrue();
        for (String path : List.of("private", "partners")) {
            String url = "http://shop.example.org/".concat(path);
            assertThat(shop(routes(TO_WEB), two).request("GET", url).verdict().isAnswered(403))
                    .isTrue();
            assertThat(shop(routes(TO_WEB), custom.formatted(path, "tokens"))
                            .request("GET", url)
                            .verdict())
                    .isInstanceOf(Unknown.class);
            Mesh newer = Mesh.of(Samples.manifests(routes(TO_WEB), two, several), IstioVersion.of("1.30"));
            assertThat(Trace.of(newer).request("GET", url).verdict().summary())
                    .doesNotContain("several extension providers");
        }
    }

    @Test
    void what_becomes_of_a_request_when_an_authorizer_agrees_or_is_not_there_is_told() {
        String mesh = """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data: {mesh: "extensionProviders: [{name: oidc, envoyExtAuthzHttp: {service: oidc.auth.svc.cluster.local, port: 80%s}}]"}
            """;
        String policy = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: %s, namespace: istio-ingress},
             spec: {action: %s, rules: [{to: [{operation: {paths: [/admin]}}]}]}}
            """;
        String oidc = policy.formatted("oidc", "CUSTOM, provider: {name: oidc}");
        String lost = policy.formatted("lost", "CUSTOM, provider: {name: lost}");
        String deny = policy.formatted("deny", "DENY");
        String admin = "http://shop.example.org/admin";

        assertThat(shop(routes(TO_WEB), oidc, mesh.formatted(""))
                        .request("GET", admin)
                        .verdict()
                        .summary())
                .startsWith("unknown: the external authorizer oidc decides (while it cannot be asked, 403); otherwise"
                        + " delivered to web");
        assertThat(shop(routes(TO_WEB), oidc, mesh.formatted(", failOpen: true"))
                        .request("GET", admin)
                        .verdict()
                        .summary())
                .contains("(while it cannot be asked, requests pass)");
        assertThat(shop(routes(TO_WEB), oidc, deny, mesh.formatted(", statusOnError: '503'"))
                        .request("GET", admin)
                        .verdict()
                        .summary())
                .contains("(while it cannot be asked, 503); otherwise answered 403 RBAC");
        assertThat(shop(routes(TO_WEB), lost, mesh.formatted(""))
                        .request("GET", admin)
                        .verdict()
                        .isAnswered(403))
                .isTrue();
    }

    @Test
    void headers_of_answers_are_told() {
        String headed =
                "[{headers: {response: {set: {X-Frame-Options: DENY}, add: {x-shop: a}}}, redirect: {uri: /b}}]";

        assertThat(shop(routes(headed))
                        .request("GET", "http://shop.example.org/")
                        .path()
                        .handling()
                        .orElseThrow()
                        .responseHeaders())
                .containsExactly(entry("x-frame-options", "DENY"), entry("x-shop", "a"));
    }

    @Test
    void default_retries_follow_the_release() {
        Mesh old = Mesh.of(Samples.manifests(routes(TO_WEB)), IstioVersion.of("1.23.4"));

        assertThat(Trace.of(old)
                        .request("GET", URL)
                        .path()
                        .handling()
                        .orElseThrow()
                        .retries()
                        .on())
                .endsWith(",503");
        assertThat(shop(routes(TO_WEB))
                        .request("GET", URL)
                        .path()
                        .handling()
                        .orElseThrow()
                        .retries()
                        .on())
                .doesNotContain("503");
    }

    @Test
    void a_blocked_call_names_the_host_header_that_the_callers_proxy_does_not_know() {
        String only = """
            ---
            {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
              spec: {egress: [{hosts: [./*]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
            """;

        assertThat(shop(only)
                        .request("GET", "http://web.shop/")
                        .header("Host", "other.example.org")
                        .from("shop/cart")
                        .verdict()
                        .toString())
                .contains("502")
                .contains("knows no other.example.org port 80");
    }

    @Test
    void a_blocked_call_is_answered_only_where_the_callers_proxy_reads_http_on_the_port() {
        String bank = """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: bank, namespace: legacy}, spec: {selector: {app: batch},
              ports: [{name: http, port: 8000}, {name: http-too, port: 80}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
              spec: {egress: [{hosts: [./*]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
            """;

        assertThat(shop(bank)
                        .request("GET", "http://bank.legacy:8000/")
                        .from("shop/web")
                        .verdict())
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.flag()).isEqualTo("UH"));
        assertStatus(
                shop(bank)
                        .request("GET", "http://bank.legacy/")
                        .from("shop/web")
                        .verdict(),
                502,
                "");
    }

    @Test
    void a_call_outside_is_unknown_where_settings_of_the_mesh_stand_elsewhere() {
        String istiod = """
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: istiod, namespace: istio-system}
            spec:
              chart: {spec: {chart: istiod, version: 1.26.2, sourceRef: {kind: HelmRepository, name: istio}}}
              valuesFrom: [{kind: Secret, name: istiod}]
            """;
        String said = istiod.concat("  values: {meshConfig: {outboundTrafficPolicy: {mode: ALLOW_ANY}}}\n");

        assertThat(outsideOf(istiod).toString()).contains("may say REGISTRY_ONLY");
        assertThat(outsideOf(said).toString()).doesNotContain("REGISTRY_ONLY");
    }

    private static Verdict outsideOf(String istiod) {
        return shop(istiod)
                .request("GET", "https://www.example.net/")
                .from("shop/web")
                .verdict();
    }

    @Test
    void calls_inside_follow_the_callers_routes_and_scope() {
        String mesh = """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: cart, namespace: shop},
             spec: {hosts: [cart], http: [{name: slow, timeout: 3s, route: [{destination: {host: cart}}]}]}}
            """;
        String scope = "---\n"
                + "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},"
                + " spec: {egress: [{hosts: [./web.shop.svc.cluster.local]}], outboundTrafficPolicy: {mode:"
                + " REGISTRY_ONLY}}}\n";

        assertThat(shop(mesh)
                        .request("GET", "http://cart/")
                        .from("shop/web")
                        .path()
                        .handling()
                        .orElseThrow()
                        .timeout())
                .contains("3s");
        assertStatus(
                shop(mesh, scope)
                        .request("GET", "http://cart/")
                        .from("shop/web")
                        .verdict(),
                502,
                "");
        assertThat(shop(mesh, scope)
                        .request("GET", "http://web.shop/")
                        .from("shop/cart")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_network_policy_lets_connecting_time_out() {
        String isolated = "---\n"
                + "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace:"
                + " shop}, spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}}\n";

        assertStatus(get(shop(routes(TO_WEB), isolated)), 503, "UF");
        assertThat(get(shop(routes(TO_WEB), isolated.replace("port: 80", "port: 8080")))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void connections_follow_SNI_through_a_gateway_that_passes_TLS_on() {
        String passthrough = """
            ---
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: tls, namespace: shop},
             spec: {selector: {istio: ingress}, servers: [{port: {number: 443, name: tls, protocol: TLS},
               tls: {mode: PASSTHROUGH}, hosts: [bank.example.org]}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: bank, namespace: shop}, spec: {selector: {app: cart},
              ports: [{name: tls, port: 443, targetPort: 8443}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: bank, namespace: shop},
             spec: {gateways: [tls], hosts: [bank.example.org],
               tls: [{match: [{sniHosts: [bank.example.org]}], route: [{destination: {host: bank}}]}]}}
            """;

        assertThat(shop(passthrough).request("GET", "https://bank.example.org/").verdict())
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.targets())
                                .singleElement()
                                .satisfies(target -> assertThat(target.host()).startsWith("bank.shop")));
        assertThat(shop(passthrough).request("GET", "https://shop.example.org/").verdict())
                .isInstanceOf(Closed.class);
        assertThat(shop(passthrough)
                        .request("GET", "http://bank.example.org:443/")
                        .verdict())
                .isInstanceOf(Closed.class);
    }

    @Test
    void a_gateway_that_somebody_else_installs_is_followed_with_a_reservation() {
        String shop = Samples.SHOP
                .substring(Samples.SHOP.indexOf("---"))
                .concat(routes(TO_WEB))
                .replace("istio: ingress}", "istio: edge}");
        Mesh mesh = Mesh.of(ManifestReader.of("test.yaml", shop).manifests());

        assertThat(get(Trace.of(mesh))).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).contains("not among the manifests");
            assertThat(unknown.otherwise())
                    .hasValueSatisfying(
                            otherwise -> assertThat(otherwise.isDelivered()).isTrue());
        });
        assertThat(Trace.of(mesh).request("GET", "http://shop.example.org:81/").verdict())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.otherwise()).isEmpty());
    }

    @Test
    void preflights_name_what_a_browser_will_not_send() {
        Trace trace = shop(routes("[{%s, route: [{destination: {host: web}}]}]".formatted(CORS)));

        assertThat(trace.request("DELETE", URL)
                        .header("Origin", "https://app.example.org")
                        .preflight()
                        .verdict()
                        .summary())
                .contains("not the method DELETE");
        assertThat(trace.request("PUT", URL)
                        .header("Origin", "https://app.example.org")
                        .header("X-Tenant", "a")
                        .preflight()
                        .verdict()
                        .summary())
                .contains("not the header x-tenant");
    }

    @Test
    void questions_that_make_no_sense_are_refused_with_a_remedy() {
        assertThatThrownBy(() -> shop().request("get", URL))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("method: ");
        assertThatThrownBy(() -> shop().request("GET", "shop.example.org"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("url: ");
        assertThatThrownBy(() -> shop().request("GET", "tcp://web"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("port");
        assertThatThrownBy(() -> shop().request("GET", URL).preflight())
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("Origin");
        assertThatThrownBy(() -> shop().request("GET", URL).from("shop/nobody").verdict())
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("from: ");
    }
}
