package io.meshwright.construct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.MinimumVersion;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.gateway.TlsMode;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import java.util.Map;
import org.cdk8s.Chart;
import org.cdk8s.Testing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeshGatewayTest {
    private static final Party PODS = Party.meshed(
            Name.of("gateway"),
            Identity.of(Name.of("istio-system"), Name.of("istio-ingressgateway")),
            Map.of("istio", "ingressgateway"),
            TargetPort.http(8080));

    @Test
    void terminates_tls_with_the_named_secret() {
        Tls tls = new Tls(ObjectName.of("shop-tls"), TlsMode.MUTUAL, MinimumVersion.TLSV1_3, null, null, null, null);

        JsonNode server =
                gateway(new Listener(Port.of(443), Scheme.HTTPS, List.of(Host.of("shop.example.org")), tls, null));

        assertThat(server.at("/tls/mode").asText()).isEqualTo("MUTUAL");
        assertThat(server.at("/tls/credentialName").asText()).isEqualTo("shop-tls");
        assertThat(server.at("/tls/minProtocolVersion").asText()).isEqualTo("TLSV1_3");
        assertThat(server.at("/port/name").asText()).isEqualTo("https");
    }

    @Test
    void redirects_plain_http_when_told_so() {
        Listener plain = new Listener(Port.of(80), Scheme.HTTP, List.of(Host.of("*")), null, true);

        assertThat(gateway(plain).at("/tls/httpsRedirect").asBoolean()).isTrue();
    }

    @Test
    void a_plain_listener_without_redirect_has_no_tls() {
        assertThat(gateway(new Listener(Port.of(80), Scheme.HTTP, List.of(Host.of("*")), null, null))
                        .has("tls"))
                .isFalse();
    }

    @Test
    void a_port_beside_the_usual_one_has_a_name_of_its_own() {
        assertThat(gateway(new Listener(Port.of(8080), Scheme.HTTP, List.of(Host.of("*")), null, null))
                        .at("/port/name")
                        .asText())
                .isEqualTo("http-8080");
    }

    @Test
    void an_https_listener_without_a_certificate_is_refused() {
        assertThatThrownBy(() -> new Listener(Port.of(443), Scheme.HTTPS, List.of(Host.of("*")), null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("tls: is missing on an HTTPS listener");
    }

    @Test
    void servers_of_one_port_have_names_of_their_own() {
        assertThat(servers(https("shop.example.org", "shop", null), https("web.example.org", "web", null)))
                .extracting(server -> server.at("/port/name").asText())
                .containsExactly("https", "https-web-example-org");
    }

    @Test
    void who_must_show_a_certificate_beside_others_has_a_gateway_to_which_alone_its_routes_are_bound() {
        MeshGateway gateway = build(
                Testing.chart(),
                new Listener(Port.of(80), Scheme.HTTP, List.of(Host.of("*.example.org")), null, null),
                https("*.example.org", "all", null),
                https("admin.example.org", "admin", TlsMode.MUTUAL));

        assertThat(gateway.refs(Host.of("shop.example.org"))).containsExactly("shop/shop-gateway");
        assertThat(gateway.refs(Host.of("admin.example.org"))).containsExactly("shop/shop-gateway-admin-example-org");
    }

    @Test
    void who_all_must_show_one_stay_together() {
        MeshGateway gateway = build(
                Testing.chart(),
                new Listener(Port.of(80), Scheme.HTTP, List.of(Host.of("*.example.org")), null, null),
                https("*.example.org", "all", TlsMode.MUTUAL));

        assertThat(gateway.refs(Host.of("admin.example.org"))).containsExactly("shop/shop-gateway");
    }

    @Test
    void demands_of_different_authorities_are_apart() {
        Chart chart = Testing.chart();
        MeshGateway gateway = build(
                chart,
                https("*.example.org", "all", TlsMode.MUTUAL),
                https("admin.example.org", "admin", TlsMode.MUTUAL));

        assertThat(Testing.synth(chart)).hasSize(2);
        assertThat(gateway.refs(Host.of("shop.example.org"))).containsExactly("shop/shop-gateway");
        assertThat(gateway.refs(Host.of("admin.example.org"))).containsExactly("shop/shop-gateway-admin-example-org");
    }

    private static Listener https(String host, String secret, @Nullable TlsMode mode) {
        Tls tls = new Tls(ObjectName.of(secret), mode, null, null, null, null, null);
        return new Listener(Port.of(443), Scheme.HTTPS, List.of(Host.of(host)), tls, null);
    }

    @Test
    void knows_its_reference() {
        MeshGateway gateway = build(
                Testing.chart(), new Listener(Port.of(80), Scheme.HTTP, List.of(Host.of("*.example.org")), null, null));

        assertThat(gateway.ref()).isEqualTo("shop/shop-gateway");
    }

    private static JsonNode gateway(Listener listener) {
        return servers(listener).get(0);
    }

    private static JsonNode servers(Listener... listeners) {
        Chart chart = Testing.chart();
        build(chart, listeners);
        return new ObjectMapper().valueToTree(Testing.synth(chart)).at("/0/spec/servers");
    }

    private static MeshGateway build(Chart chart, Listener... listeners) {
        return MeshGateway.Builder.create(chart, "gateway")
                .name(Name.of("shop-gateway"))
                .namespace(Name.of("shop"))
                .pods(PODS)
                .listeners(List.of(listeners))
                .build();
    }
}
