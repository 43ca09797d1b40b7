package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.edge.ExternalAuthorization;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AuthorizerGateTest {
    @Test
    void asks_about_a_host_with_any_port_but_not_about_public_paths_and_preflights() {
        assertThat(render(gate -> gate).only("AuthorizationPolicy"))
                .has("/spec/action", "CUSTOM")
                .has("/spec/provider/name", "login")
                .hasJson("/spec/selector/matchLabels", "{istio: 'ingressgateway'}")
                .hasJson(
                        "/spec/rules/0/to/0/operation",
                        "{hosts: ['shop.example.org', 'shop.example.org:*'], notMethods: ['OPTIONS'],"
                                + " notPaths: ['/healthz'], ports: ['8443']}")
                .hasJson(
                        "/spec/rules/1/when",
                        "[{key: 'request.headers[access-control-request-method]', notValues: ['*']}]");
    }

    @Test
    void asks_about_every_method_where_no_browser_comes_from_elsewhere() {
        assertThat(render(gate -> gate.preflight(false)).only("AuthorizationPolicy"))
                .lacks("/spec/rules/0/to/0/operation/notMethods")
                .lacks("/spec/rules/1");
    }

    private static Rendered render(UnaryOperator<AuthorizerGate.Builder> more) {
        return Rendered.of(chart -> more.apply(AuthorizerGate.Builder.create(chart, "gate")
                        .name(Name.of("shop-authorizer"))
                        .gateway(Shop.GATEWAY)
                        .hosts(List.of(Host.of("shop.example.org")))
                        .authorization(
                                new ExternalAuthorization(Name.of("login"), null, List.of(PathPattern.of("/healthz")))))
                .build());
    }
}
