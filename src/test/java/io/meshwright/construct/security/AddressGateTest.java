package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AddressGateTest {
    @Test
    void refuses_strangers_at_the_gateway_by_the_clients_own_address() {
        assertThat(render(gate -> gate.paths(List.of(PathPattern.below("/admin"))))
                        .only("AuthorizationPolicy"))
                .has("/metadata/namespace", "istio-system")
                .hasJson("/spec/selector/matchLabels", "{istio: 'ingressgateway'}")
                .has("/spec/action", "DENY")
                .hasJson(
                        "/spec/rules/0",
                        "{from: [{source: {notRemoteIpBlocks: ['203.0.113.0/24']}}], to: [{operation: {"
                                + "hosts: ['oauth.example.org', 'oauth.example.org:*'], notMethods: ['OPTIONS'],"
                                + "paths: ['/admin', '/admin/*', '//*', '/%2F*', '/%2f*', '/%5C*', '/%5c*', '/;*',"
                                + " '/admin%2F*', '/admin%2f*', '/admin%5C*', '/admin%5c*', '/admin;*'],"
                                + " ports: ['8443']}}]}");
    }

    @Test
    void refuses_options_that_is_no_preflight() {
        assertThat(render(gate -> gate.paths(List.of(PathPattern.below("/admin"))))
                        .only("AuthorizationPolicy"))
                .hasJson("/spec/rules/1/to/0/operation/methods", "['OPTIONS']")
                .hasJson(
                        "/spec/rules/1/when",
                        "[{key: 'request.headers[access-control-request-method]', notValues: ['*']}]")
                .lacks("/spec/rules/2");
    }

    @Test
    void has_one_rule_where_no_browser_asks_from_elsewhere() {
        assertThat(render(gate -> gate.preflight(false)).only("AuthorizationPolicy"))
                .lacks("/spec/rules/0/to/0/operation/notMethods")
                .lacks("/spec/rules/0/to/0/operation/paths")
                .lacks("/spec/rules/1");
    }

    @Test
    void refuses_a_host_pattern_that_a_port_would_slip_past() {
        assertThatThrownBy(() -> render(gate -> gate.hosts(List.of(Host.of("*.example.org")))))
                .hasMessageStartingWith(
                        "hosts: \"*.example.org\" cannot be compared together with a port; name each host");
    }

    @Test
    void refuses_a_gateway_without_http_ports() {
        assertThatThrownBy(() -> render(gate -> gate.gateway(Shop.MYSQL)))
                .hasMessageStartingWith(
                        "gateway: \"shop/mysql\" has no HTTP port; give the ports on which its pods listen, such as"
                                + " 8443");
    }

    private static Rendered render(UnaryOperator<AddressGate.Builder> more) {
        return Rendered.of(chart -> more.apply(AddressGate.Builder.create(chart, "gate")
                        .name(Name.of("keycloak-admin"))
                        .gateway(Shop.GATEWAY)
                        .hosts(List.of(Host.of("oauth.example.org")))
                        .from(List.of(AddressSet.of("203.0.113.0/24"))))
                .build());
    }
}
