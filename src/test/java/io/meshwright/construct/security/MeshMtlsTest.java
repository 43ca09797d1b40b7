package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Day;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.security.MtlsException;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.security.MtlsPlan;
import org.junit.jupiter.api.Test;

class MeshMtlsTest {
    @Test
    void requires_mutual_tls_of_the_whole_mesh() {
        Rendered rendered = render(Shop.STRICT);

        assertThat(rendered.names()).containsExactly("PeerAuthentication istio-system/default");
        assertThat(rendered.only("PeerAuthentication"))
                .has("/spec/mtls/mode", "STRICT")
                .lacks("/spec/selector");
    }

    @Test
    void lets_a_namespace_differ() {
        Rendered rendered = render(Shop.STRICT.withNamespace(Shop.NAMESPACE, MtlsMode.PERMISSIVE));

        assertThat(rendered.named("PeerAuthentication shop/default")).has("/spec/mtls/mode", "PERMISSIVE");
    }

    @Test
    void excepts_one_port_by_its_container_port_with_owner_reason_and_last_day() {
        Rendered rendered = render(Shop.STRICT.withException(Shop.CART, exception(9000, MtlsMode.PERMISSIVE)));

        assertThat(rendered.named("PeerAuthentication shop/cart-exception"))
                .hasJson(
                        "/spec",
                        "{selector: {matchLabels: {app: 'cart'}}, portLevelMtls: {'9000': {mode: 'PERMISSIVE'}}}")
                .has("/metadata/annotations/meshwright.io~1reason-9000", "an old client")
                .has("/metadata/annotations/meshwright.io~1owner-9000", "platform")
                .has("/metadata/annotations/meshwright.io~1expires-9000", "2027-03-31");
    }

    @Test
    void puts_all_exceptions_of_a_workload_into_one_object() {
        Rendered rendered = render(Shop.STRICT
                .withException(Shop.CART, exception(9000, MtlsMode.DISABLE))
                .withException(Shop.CART, exception(null, MtlsMode.PERMISSIVE)));

        assertThat(rendered.names()).hasSize(2);
        assertThat(rendered.named("PeerAuthentication shop/cart-exception"))
                .has("/spec/mtls/mode", "PERMISSIVE")
                .has("/spec/portLevelMtls/9000/mode", "DISABLE")
                .has("/metadata/annotations/meshwright.io~1reason", "an old client");
    }

    private static Rendered render(MtlsPlan plan) {
        return Rendered.of(
                chart -> MeshMtls.Builder.create(chart, "mtls").plan(plan).build());
    }

    private static MtlsException exception(Integer port, MtlsMode mode) {
        return new MtlsException(
                Name.of("cart"),
                port == null ? null : Port.of(port),
                mode,
                "platform",
                "an old client",
                Day.of("2027-03-31"));
    }
}
