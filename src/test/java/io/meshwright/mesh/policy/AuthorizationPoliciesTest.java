package io.meshwright.mesh.policy;

import static io.meshwright.mesh.policy.AuthorizationVerdict.Result.ALLOW;
import static io.meshwright.mesh.policy.AuthorizationVerdict.Result.DENY;
import static io.meshwright.mesh.policy.AuthorizationVerdict.Result.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.AuthorizationVerdict.Result;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationPoliciesTest {
    private static final HttpRequest GET =
            HttpRequest.of("GET", "http", "Shop.example", "/api/items?x=1").with("x-team", "blue");
    private static final Call CALL = Call.to(8080)
            .with(GET)
            .from(Attribute.known("cluster.local/ns/edge/sa/gateway"))
            .at(Attribute.known("10.0.0.7"), Attribute.known("203.0.113.9"));

    private static String policy(String name, String namespace, String spec) {
        return "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static AuthorizationVerdict verdict(Call call, String version, String... policies) {
        Mesh mesh = Meshes.of(
                IstioVersion.of(version),
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                String.join("\n---\n", policies));
        return mesh.authorizationPolicies().evaluate(Meshes.pod(mesh, "shop", "web"), call);
    }

    private static Result rule(String rule, Call call) {
        return verdict(call, "1.26.2", policy("p", "shop", "rules: [{%s}]".formatted(rule)))
                .result();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ALLOW",
                "from: [{source: {principals: ['cluster.local/ns/edge/sa/gateway']}}] | ALLOW",
                "from: [{source: {principals: ['spiffe://cluster.local/ns/edge/sa/gateway']}}] | DENY",
                "from: [{source: {principals: [service-account]}}] | DENY",
                "from: [{source: {principals: ['*/ns/edge/sa/gateway']}}] | ALLOW",
                "from: [{source: {principals: ['*']}}] | ALLOW",
                "from: [{source: {principals: ['cluster.*/gateway']}}] | DENY",
                "from: [{source: {notPrincipals: ['*']}}] | DENY",
                "from: [{source: {namespaces: [edge]}}] | ALLOW",
                "from: [{source: {namespaces: [ed]}}] | DENY",
                "from: [{source: {namespaces: ['ed*']}}] | ALLOW",
                "from: [{source: {serviceAccounts: [edge/gateway]}}] | ALLOW",
                "from: [{source: {serviceAccounts: [gateway]}}] | DENY",
                "from: [{source: {ipBlocks: [10.0.0.0/8]}}] | ALLOW",
                "from: [{source: {ipBlocks: [10.0.0.99/24]}}] | ALLOW",
                "from: [{source: {ipBlocks: [203.0.113.9]}}] | DENY",
                "from: [{source: {remoteIpBlocks: [203.0.113.9]}}] | ALLOW",
                "from: [{source: {notRemoteIpBlocks: [203.0.113.0/24]}}] | DENY",
                "from: [{source: {namespaces: [ops]}}, {source: {namespaces: [edge]}}] | ALLOW",
                "from: [{source: {namespaces: [edge], ipBlocks: [11.0.0.0/8]}}] | DENY",
                "to: [{operation: {methods: [GET, POST]}}] | ALLOW",
                "to: [{operation: {methods: [get]}}] | DENY",
                "to: [{operation: {paths: [/api/*]}}] | ALLOW",
                "to: [{operation: {paths: [/api/*/x]}}] | DENY",
                "to: [{operation: {paths: ['/api/{*}']}}] | ALLOW",
                "to: [{operation: {paths: ['/{**}/items']}}] | ALLOW",
                "to: [{operation: {paths: ['/api/items?x=1']}}] | DENY",
                "to: [{operation: {hosts: [SHOP.example]}}] | ALLOW",
                "to: [{operation: {hosts: ['*.example']}}] | ALLOW",
                "to: [{operation: {ports: ['8080']}}] | ALLOW",
                "to: [{operation: {ports: ['80']}}] | DENY",
                "to: [{operation: {notPaths: [/admin/*]}}] | ALLOW",
                "when: [{key: 'request.headers[X-Team]', values: [blue, green]}] | ALLOW",
                "when: [{key: 'request.headers[x-none]', values: ['*']}] | DENY",
                "when: [{key: 'request.headers[x-team]', values: [red, green]}] | DENY",
                "when: [{key: 'request.headers[x-team', values: [blue]}] | UNKNOWN",
                "when: [{key: 'request.headers[x-team]', values: [blue], notValues: [blue]}] | DENY",
                "when: [{key: 'request.headers[x-none]', notValues: ['*']}] | ALLOW",
                "when: [{key: source.namespace, values: [edge]}, {key: destination.port, values: ['80']}] | DENY",
                "when: [{key: 'request.auth.claims[group]', values: [a]}] | DENY",
                "when: [{key: connection.sni, values: [a]}] | UNKNOWN",
                "when: [{key: experimental.x, values: [a]}] | UNKNOWN"
            })
    void a_rule_fits_when_source_operation_and_conditions_do(String rule, Result expected) {
        assertThat(rule(rule, CALL)).isEqualTo(expected);
    }

    @Test
    void without_policies_everything_passes_and_without_rules_nothing() {
        assertThat(verdict(CALL, "1.26.2").result()).isEqualTo(ALLOW);
        assertThat(verdict(CALL, "1.26.2", policy("deny-all", "shop", "")).result())
                .isEqualTo(DENY);
    }

    @Test
    void a_denying_rule_comes_before_an_allowing_one_and_is_named() {
        AuthorizationVerdict verdict = verdict(
                CALL,
                "1.26.2",
                policy("a", "shop", "rules: [{}]"),
                policy(
                        "d",
                        "istio-system",
                        "action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}, {to: [{operation: {paths:"
                                + " [/api/*]}}]}]"));

        assertThat(verdict.result()).isEqualTo(DENY);
        assertThat(verdict.decidedBy()).extracting(Source::pointer).containsExactly("/spec/rules/1");
    }

    @Test
    void policies_of_other_namespaces_pods_and_dry_runs_do_not_count() {
        assertThat(verdict(
                                CALL,
                                "1.26.2",
                                policy("a", "ops", ""),
                                policy("b", "shop", "selector: {matchLabels: {app: other}}"),
                                policy(
                                        "c",
                                        "shop",
                                        "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: x}]"),
                                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: d,"
                                        + " namespace: shop, annotations: {istio.io/dry-run: 'true'}}, spec: {}}")
                        .result())
                .isEqualTo(ALLOW);
    }

    @Test
    void an_external_authorizer_leaves_open_what_nothing_else_denies() {
        String custom = policy(
                "c", "shop", "action: CUSTOM, provider: {name: oidc}, rules: [{to: [{operation: {paths: [/api/*]}}]}]");

        assertThat(verdict(CALL, "1.26.2", custom).result()).isEqualTo(UNKNOWN);
        assertThat(verdict(CALL, "1.26.2", custom, policy("a", "shop", "")).result())
                .isEqualTo(DENY);
        assertThat(verdict(Call.to(8080).with(HttpRequest.of("GET", "http", "x", "/")), "1.26.2", custom)
                        .result())
                .isEqualTo(ALLOW);
    }

    @Test
    void over_plaintext_no_principal_fits_and_every_negation_does() {
        Call plain = CALL.from(Attribute.absent());

        assertThat(rule("from: [{source: {principals: ['*']}}]", plain)).isEqualTo(DENY);
        assertThat(rule("from: [{source: {notNamespaces: [ops]}}]", plain)).isEqualTo(ALLOW);
        assertThat(rule("from: [{source: {namespaces: [edge]}}]", CALL.from(Attribute.unknown())))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void on_a_connection_an_allowing_rule_with_http_fields_is_dropped_and_a_denying_one_widened() {
        Call connection = Call.to(3306).from(Attribute.known("cluster.local/ns/edge/sa/gateway"));
        String fields = "rules: [{from: [{source: {namespaces: [edge]}}], to: [{operation: {methods: [DELETE]}}]}]";

        assertThat(verdict(connection, "1.26.2", policy("p", "shop", fields)).result())
                .isEqualTo(DENY);
        assertThat(verdict(connection, "1.26.2", policy("p", "shop", "action: DENY, ".concat(fields)))
                        .result())
                .isEqualTo(DENY);
        assertThat(verdict(
                                connection,
                                "1.26.2",
                                policy(
                                        "p",
                                        "shop",
                                        "action: DENY, rules: [{to: [{operation: {methods: [DELETE], ports:"
                                                + " ['80']}}]}]"))
                        .result())
                .isEqualTo(ALLOW);
    }

    @Test
    void a_policy_that_wants_a_token_refuses_preflights() {
        Call preflight = CALL.with(HttpRequest.of("OPTIONS", "https", "shop.example", "/api")
                .with("origin", "https://a")
                .with("access-control-request-method", "GET"));

        assertThat(rule("from: [{source: {requestPrincipals: ['*']}}]", preflight))
                .isEqualTo(DENY);
        assertThat(verdict(
                                preflight,
                                "1.26.2",
                                policy(
                                        "p",
                                        "shop",
                                        "action: DENY, rules: [{from: [{source: {notRequestPrincipals: ['*']}}]}]"))
                        .result())
                .isEqualTo(DENY);
        assertThat(verdict(
                                preflight,
                                "1.26.2",
                                policy(
                                        "p",
                                        "shop",
                                        "action: DENY, rules: [{from: [{source: {notRequestPrincipals: ['*']}}], to:"
                                                + " [{operation: {notMethods: [OPTIONS]}}]}]"))
                        .result())
                .isEqualTo(ALLOW);
    }

    @Test
    void claims_of_a_verified_token_fit() {
        Call verified = CALL.with(GET.withClaims(ManifestReader.value(
                                "{iss: https://issuer, sub: anna, group: [admin], aud: shop, realm: {role: boss}}")
                        .orElseThrow()))
                .withToken(Attribute.known("https://issuer/anna"));

        assertThat(rule("when: [{key: 'request.auth.claims[group]', values: [admin]}]", verified))
                .isEqualTo(ALLOW);
        assertThat(rule("when: [{key: 'request.auth.claims[realm][role]', values: [boss]}]", verified))
                .isEqualTo(ALLOW);
        assertThat(rule("when: [{key: request.auth.audiences, values: [shop]}]", verified))
                .isEqualTo(ALLOW);
        assertThat(rule("from: [{source: {requestPrincipals: ['https://issuer/*']}}]", verified))
                .isEqualTo(ALLOW);
        assertThat(rule("when: [{key: 'request.auth.claims[group]', values: [user]}]", verified))
                .isEqualTo(DENY);
        assertThat(rule("when: [{key: 'request.auth.claims[none]', values: ['*']}]", verified))
                .isEqualTo(DENY);
        assertThat(rule("when: [{key: request.auth.presenter, values: ['*']}]", verified))
                .isEqualTo(DENY);
        assertThat(rule(
                        "when: [{key: 'request.auth.claims[group]', values: ['*']}]",
                        CALL.with(GET).withToken(Attribute.known("https://issuer/anna"))))
                .isEqualTo(DENY);
    }

    private static Result asked(String version, String principals, String claims) {
        Call verified = CALL.with(GET.withClaims(ManifestReader.value(claims).orElseThrow()))
                .withToken(Attribute.known("https://hub/repo:us/shop:main"));
        return verdict(
                        verified,
                        version,
                        policy(
                                "p",
                                "shop",
                                "rules: [{from: [{source: {requestPrincipals: ['%s']}}]}]".formatted(principals)))
                .result();
    }

    @ParameterizedTest
    @CsvSource({
        "*, ALLOW",
        "https://hub/*, ALLOW",
        "https://hub/repo:us/*, DENY",
        "https://hub/repo:us/shop:main, DENY",
        "https://hub/repo:*, ALLOW",
        "https://hub*, DENY",
        "https:*, ALLOW",
        "*hop:main, ALLOW",
        "*/shop:main, DENY",
        "https://hub, DENY"
    })
    void issuer_and_subject_are_compared_apart(String principals, Result expected) {
        assertThat(asked("1.21.0", principals, "{iss: 'https://hub', sub: 'repo:us/shop:main'}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub/anna, ALLOW",
        "https://hub/*, ALLOW",
        "https://hub/an*, ALLOW",
        "*/anna, ALLOW",
        "*hub/anna, ALLOW",
        "*anna, ALLOW",
        "*, ALLOW",
        "https://hub/ann, DENY",
        "https://*/anna, DENY",
        "*/*, DENY"
    })
    void a_subject_without_slashes_is_cut_off(String principals, Result expected) {
        assertThat(asked("1.30.5", principals, "{iss: 'https://hub', sub: anna}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{iss: 'https://hub', sub: ''}",
                "{iss: 'https://hub'}",
                "{iss: 'https://hub', sub: 7}",
                "{iss: 'https://hub', sub: [anna]}"
            })
    void a_token_without_a_subject_fits_no_asterisk(String claims) {
        assertThat(asked("1.30.5", "*", claims)).isEqualTo(DENY);
        assertThat(asked("1.30.5", "https://hub/*", claims)).isEqualTo(DENY);
    }

    @Test
    void both_were_one_text_before_Envoy_verified_tokens() {
        String claims = "{iss: 'https://hub', sub: 'repo:us/shop:main'}";

        assertThat(asked("1.20.8", "https://hub/repo:us/*", claims)).isEqualTo(ALLOW);
        assertThat(asked("1.21.0", "https://hub/repo:us/*", claims)).isEqualTo(DENY);
    }

    @Test
    void versions_differ_in_dots_accounts_and_templates() {
        Call dotted = CALL.from(Attribute.known("cluster.local/ns/a-b/sa/x"));
        String dots = policy("p", "shop", "rules: [{from: [{source: {namespaces: [a.b]}}]}]");
        String accounts = policy("p", "shop", "rules: [{from: [{source: {serviceAccounts: [none]}}]}]");

        assertThat(verdict(dotted, "1.26.2", dots).result()).isEqualTo(ALLOW);
        assertThat(verdict(dotted, "1.29.0", dots).result()).isEqualTo(DENY);
        assertThat(verdict(CALL, "1.23.4", accounts).result()).isEqualTo(ALLOW);
        assertThat(verdict(CALL, "1.26.2", accounts).result()).isEqualTo(DENY);
    }

    /** Up to 1.24 the definition has neither field, and istiod no such attribute. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: [{source: {serviceAccounts: [edge/gateway]}}] | ALLOW | ALLOW",
                "from: [{source: {notServiceAccounts: [edge/gateway]}}] | ALLOW | DENY",
                "from: [{source: {notServiceAccounts: [edge/other]}}] | ALLOW | ALLOW",
                "from: [{source: {namespaces: [ops], notServiceAccounts: [edge/other]}}] | DENY | DENY",
                "when: [{key: source.serviceAccount, values: [edge/gateway]}] | UNKNOWN | ALLOW",
                "when: [{key: source.serviceAccount, notValues: [edge/gateway]}] | UNKNOWN | DENY"
            })
    void service_accounts_are_asked_for_from_1_25_on(String rule, Result before, Result since) {
        String policy = policy("p", "shop", "rules: [{%s}]".formatted(rule));

        assertThat(verdict(CALL, "1.24.6", policy).result()).isEqualTo(before);
        assertThat(verdict(CALL, "1.25.0", policy).result()).isEqualTo(since);
    }

    @Test
    void a_denying_rule_denies_all_where_its_only_field_is_dropped() {
        String policy =
                policy("p", "shop", "action: DENY, rules: [{from: [{source: {notServiceAccounts: [edge/gateway]}}]}]");

        assertThat(verdict(CALL, "1.24.6", policy).result()).isEqualTo(DENY);
        assertThat(verdict(CALL, "1.25.0", policy).result()).isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: [{source: {trustDomains: [cluster.local]}}] | ALLOW",
                "from: [{source: {trustDomains: [partner.example, 'cluster*']}}] | ALLOW",
                "from: [{source: {trustDomains: ['*']}}] | ALLOW",
                "from: [{source: {trustDomains: [cluster]}}] | DENY",
                "from: [{source: {notTrustDomains: [cluster.local]}}] | DENY",
                "when: [{key: source.trustDomain, values: [partner.example]}] | DENY",
                "when: [{key: source.trustDomain, notValues: [partner.example]}] | ALLOW"
            })
    void callers_are_told_apart_by_their_trust_domain_from_1_30_on(String rule, Result expected) {
        String policy = policy("p", "shop", "rules: [{%s}]".formatted(rule));

        assertThat(verdict(CALL, "1.30.0", policy).result()).isEqualTo(expected);
        assertThat(verdict(CALL, "1.29.0", policy).result()).isEqualTo(UNKNOWN);
    }

    @Test
    void aliases_of_the_trust_domain_stand_for_it() {
        Mesh mesh = Meshes.of(
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " '{trustDomain: new, trustDomainAliases: [old]}'}}",
                policy("p", "shop", "rules: [{from: [{source: {principals: [old/ns/edge/sa/gateway]}}]}]"));

        assertThat(mesh.authorizationPolicies()
                        .evaluate(Meshes.pod(mesh, "shop", "web"), CALL.from(Attribute.known("new/ns/edge/sa/gateway")))
                        .result())
                .isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "principals: [cluster.local/ns/edge/sa/gateway] | ALLOW",
                "principals: ['cluster.local/ns/edge/sa/*'] | ALLOW",
                "principals: ['cluster.local/ns/edge/*'] | DENY",
                "principals: ['old/ns/edge/sa/*'] | ALLOW",
                "principals: ['old/ns/edge/*'] | DENY",
                "principals: ['new/ns/edge/*'] | ALLOW",
                "principals: ['ol*/ns/edge/sa/gateway'] | ALLOW",
                "principals: ['*ew/ns/edge/sa/gateway'] | ALLOW",
                "principals: ['*/ns/edge/sa/gateway'] | ALLOW",
                "principals: [other/ns/edge/sa/gateway] | DENY",
                "notPrincipals: ['cluster.local/ns/edge/*'] | ALLOW"
            })
    void a_trust_domain_stands_for_others_in_whole_identities_alone(String source, Result expected) {
        Mesh mesh = Meshes.of(
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " '{trustDomain: new, trustDomainAliases: [old]}'}}",
                policy("p", "shop", "rules: [{from: [{source: {%s}}]}]".formatted(source)));

        assertThat(mesh.authorizationPolicies()
                        .evaluate(Meshes.pod(mesh, "shop", "web"), CALL.from(Attribute.known("new/ns/edge/sa/gateway")))
                        .result())
                .isEqualTo(expected);
    }

    @Test
    void where_no_proxy_stands_nothing_is_enforced() {
        Mesh mesh = Meshes.of(Meshes.plain("shop"), Meshes.deployment("shop", "web"), policy("p", "shop", ""));
        Mesh unknown = Meshes.of(Meshes.deployment("shop", "web"), policy("p", "shop", ""));

        assertThat(mesh.authorizationPolicies()
                        .evaluate(Meshes.pod(mesh, "shop", "web"), CALL)
                        .result())
                .isEqualTo(ALLOW);
        assertThat(unknown.authorizationPolicies()
                        .evaluate(Meshes.pod(unknown, "shop", "web"), CALL)
                        .result())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void rules_of_the_wrong_type_are_borne() {
        List<String> rules = List.of(
                "from: x",
                "from: [x]",
                "from: [{source: [x]}]",
                "to: {operation: {ports: 3}}",
                "when: [x, {key: 3}, {values: x}]",
                "to: [{operation: {ports: [3]}}]",
                "from: [{source: {ipBlocks: [x/y, 10.0.0.0/99, '/']}}]");

        assertThat(rules).allSatisfy(rule -> assertThat(rule(rule, CALL)).isNotNull());
    }

    /** The API server drops a field that the definition of the release does not have, and the rest is left. */
    @Test
    void a_field_that_a_release_does_not_know_asks_for_nothing() {
        String denies = policy("p", "shop", "action: DENY, rules: [{from: [{source: {serviceAccounts: [%s]}}]}]");

        assertThat(verdict(CALL, "1.24.6", denies.formatted("other/sa")).result())
                .isEqualTo(DENY);
        assertThat(verdict(CALL, "1.25.0", denies.formatted("other/sa")).result())
                .isEqualTo(ALLOW);
        assertThat(verdict(CALL, "1.25.0", denies.formatted("edge/gateway")).result())
                .isEqualTo(DENY);
        assertThat(verdict(
                                CALL,
                                "1.25.0",
                                denies.replace("serviceAccounts", "notServiceAccounts")
                                        .formatted("other/sa"))
                        .result())
                .isEqualTo(DENY);
    }

    @Test
    void a_condition_on_requests_is_left_out_for_connections_where_that_denies_more() {
        String when = "action: %s, rules: [{when: [{key: %s, values: [%s]}]}]";
        Call bytes = Call.to(3306).from(Attribute.known("cluster.local/ns/edge/sa/gateway"));

        assertThat(verdict(bytes, "1.26.2", policy("p", "shop", when.formatted("DENY", "'request.headers[x]'", "blue")))
                        .result())
                .isEqualTo(DENY);
        assertThat(verdict(bytes, "1.26.2", policy("p", "shop", when.formatted("DENY", "source.namespace", "other")))
                        .result())
                .isEqualTo(ALLOW);
        assertThat(verdict(bytes, "1.26.2", policy("p", "shop", when.formatted("DENY", "source.namespace", "edge")))
                        .result())
                .isEqualTo(DENY);
        assertThat(verdict(CALL, "1.26.2", policy("p", "shop", when.formatted("DENY", "'request.headers[x]'", "blue")))
                        .result())
                .isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "*, x, true",
        "*, '', false",
        "*.b, a.b, true",
        "*.b, a.c, false",
        "a*, ab, true",
        "a*, ba, false",
        "a, a, true",
        "a, ab, false",
        "a*b, acb, false"
    })
    void an_asterisk_stands_for_something_at_one_end_alone(String pattern, String value, boolean fits) {
        assertThat(io.meshwright.mesh.terms.Wildcard.fits(pattern, value)).isEqualTo(fits);
    }
}
