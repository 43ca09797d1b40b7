package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CallerPolicyTest {
    private static final String GATEWAY_PRINCIPAL = "cluster.local/ns/istio-system/sa/gateway-account";
    private static final String WEB_PRINCIPAL = "cluster.local/ns/shop/sa/web";
    private static final Caller READER =
            new Caller(Name.of("web"), List.of(HttpMethod.GET), List.of(PathPattern.below("/items")));

    @Test
    void admits_callers_by_their_identities_on_container_ports() {
        Rendered rendered = render(
                Shop.CART,
                Shop.STRICT,
                policy -> policy.admit(Caller.gateway(), Shop.GATEWAY).admit(Caller.of("web"), Shop.WEB));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .has("/spec/action", "ALLOW")
                .hasJson("/spec/selector/matchLabels", "{app: 'cart'}")
                .hasJson(
                        "/spec/rules",
                        "[{from: [{source: {principals: ['%s', '%s']}}], to: [{operation: {ports: ['8080', '9000']}}]}]"
                                .formatted(GATEWAY_PRINCIPAL, WEB_PRINCIPAL));
    }

    @Test
    void opens_the_same_ports_between_the_same_pods_on_both_ends() {
        Rendered rendered = render(
                Shop.CART,
                Shop.STRICT,
                policy -> policy.admit(Caller.gateway(), Shop.GATEWAY).admit(Caller.of("web"), Shop.WEB));

        assertThat(rendered.named("NetworkPolicy shop/cart-callers"))
                .hasJson("/spec/podSelector/matchLabels", "{app: 'cart'}")
                .has("/spec/ingress/0/from/0/podSelector/matchLabels/istio", "ingressgateway")
                .has("/spec/ingress/0/from/1/podSelector/matchLabels/app", "web")
                .hasJson("/spec/ingress/0/ports", "[{protocol: 'TCP', port: 8080}, {protocol: 'TCP', port: 9000}]");
        assertThat(rendered.named("NetworkPolicy shop/web-to-cart"))
                .hasJson("/spec/podSelector/matchLabels", "{app: 'web'}")
                .has("/spec/egress/0/to/0/podSelector/matchLabels/app", "cart")
                .hasJson("/spec/egress/0/ports", "[{protocol: 'TCP', port: 8080}, {protocol: 'TCP', port: 9000}]");
    }

    @Test
    void leaves_the_gateways_own_egress_alone_where_no_guard_denies_it() {
        Rendered rendered = render(Shop.CART, Shop.STRICT, policy -> policy.admit(Caller.gateway(), Shop.GATEWAY));

        assertThat(rendered.names()).noneMatch(name -> name.contains("gateway-to-cart"));
    }

    @Test
    void limits_a_caller_to_methods_and_paths_on_http_ports() {
        Rendered rendered = render(Shop.CART, Shop.STRICT, policy -> policy.admit(READER, Shop.WEB));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .hasJson(
                        "/spec/rules/0/to/0/operation",
                        "{methods: ['GET'], paths: ['/items', '/items/*'], ports: ['8080']}")
                .lacks("/spec/rules/1");
    }

    @Test
    void lets_preflights_of_limited_callers_pass_by_their_header_only() {
        Rendered rendered = render(
                Shop.CART, Shop.STRICT, policy -> policy.admit(READER, Shop.WEB).preflight(true));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .hasJson(
                        "/spec/rules/1",
                        "{from: [{source: {principals: ['%s']}}],".formatted(WEB_PRINCIPAL)
                                + "to: [{operation: {methods: ['OPTIONS'], paths: ['/items', '/items/*'], ports:"
                                + " ['8080']}}],when: [{key: 'request.headers[access-control-request-method]', values:"
                                + " ['*']}]}");
    }

    @Test
    void needs_no_preflight_rule_where_no_method_is_refused() {
        Rendered rendered = render(
                Shop.CART,
                Shop.STRICT,
                policy -> policy.admit(Caller.of("web"), Shop.WEB).preflight(true));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers")).lacks("/spec/rules/1");
    }

    @Test
    void names_nobody_where_a_plaintext_hop_proves_no_identity() {
        Rendered rendered = render(
                Shop.CART,
                Shop.PERMISSIVE.withPlaintextTo(Shop.CART),
                policy -> policy.admit(Caller.gateway(), Shop.GATEWAY));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .hasJson("/spec/rules", "[{to: [{operation: {ports: ['8080', '9000']}}]}]");
        assertThat(rendered.named("NetworkPolicy shop/cart-callers"))
                .has("/spec/ingress/0/from/0/podSelector/matchLabels/istio", "ingressgateway");
    }

    @Test
    void has_network_policies_only_for_a_server_outside_the_mesh() {
        Rendered rendered = render(Shop.MYSQL, Shop.STRICT, policy -> policy.admit(Caller.of("cart"), Shop.CART));

        assertThat(rendered.names())
                .contains("NetworkPolicy shop/cart-to-mysql", "NetworkPolicy shop/mysql-callers")
                .noneMatch(name -> name.equals("AuthorizationPolicy shop/mysql-callers"));
    }

    @Test
    void admits_every_pod_of_a_namespace_by_the_namespace_of_its_identity() {
        Rendered rendered = render(
                Shop.CART, Shop.STRICT, policy -> policy.admit(Caller.of("pay"), Party.everyPodIn(Name.of("pay"))));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .hasJson("/spec/rules/0/from", "[{source: {principals: ['cluster.local/ns/pay/sa/*']}}]");
        assertThat(rendered.named("NetworkPolicy shop/cart-callers"))
                .hasJson(
                        "/spec/ingress/0/from",
                        "[{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'pay'}}, podSelector:"
                                + " {}}]");
    }

    @Test
    void joins_several_admissions_of_one_caller_into_one_flow() {
        Rendered rendered = render(
                Shop.CART, Shop.STRICT, policy -> policy.admit(READER, Shop.WEB).admit(Caller.of("web"), Shop.WEB));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .hasJson("/spec/rules/1/to/0/operation/ports", "['8080', '9000']")
                .lacks("/spec/rules/2");
        assertThat(rendered.named("NetworkPolicy shop/web-to-cart")).lacks("/spec/egress/1");
    }

    @Test
    void admits_nobody_where_nobody_is_declared() {
        assertThat(render(Shop.CART, Shop.STRICT, policy -> policy).names()).noneMatch(name -> name.contains("cart"));
    }

    @Test
    void reports_and_refuses_nothing_in_a_dry_run() {
        Rendered rendered = render(
                Shop.CART,
                Shop.STRICT,
                policy -> policy.admit(Caller.of("web"), Shop.WEB).enforcement(Enforcement.DRY_RUN));

        assertThat(rendered.named("AuthorizationPolicy shop/cart-callers"))
                .has("/metadata/annotations/istio.io~1dry-run", "true");
        assertThat(rendered.named("AuthorizationPolicy shop/cart-not-enforced")).hasJson("/spec/rules", "[{}]");
        assertThat(rendered.named("NetworkPolicy shop/cart-callers")).hasJson("/spec/ingress", "[{}]");
    }

    @Test
    void refuses_a_plaintext_caller_of_a_strict_server() {
        assertThatThrownBy(() -> render(Shop.CART, Shop.STRICT, policy -> policy.admit(Caller.of("mysql"), Shop.MYSQL)))
                .hasMessageStartingWith(
                        "allowFrom: \"shop/mysql\" cannot call port 8080 of \"shop/cart\": shop/mysql has no sidecar"
                                + " and shop/cart is STRICT: the connection is reset; take the caller into the mesh, or"
                                + " give the server an exception with the mode PERMISSIVE");
    }

    @Test
    void refuses_limits_that_no_sidecar_could_hold() {
        assertThatThrownBy(() -> render(Shop.MYSQL, Shop.STRICT, policy -> policy.admit(READER, Shop.WEB)))
                .hasMessageContaining("which has no HTTP port on which methods and paths mean something");
    }

    private static Rendered render(Party server, MtlsPlan plan, UnaryOperator<CallerPolicy.Builder> callers) {
        return Rendered.of(chart -> callers.apply(CallerPolicy.Builder.create(chart, "callers")
                        .server(server)
                        .mtls(plan)
                        .guards(List.of(Shop.guard(chart))))
                .build());
    }
}
