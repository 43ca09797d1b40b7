package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Name;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceScopeTest {
    private static final Name PAY = Name.of("pay");
    private static final Party BILLING =
            Party.meshed(Name.of("billing"), Identity.of(PAY, Name.of("billing")), Map.of("app", "billing"), Shop.HTTP);

    @Test
    void knows_its_own_namespace_the_control_plane_telemetry_and_what_it_calls() {
        Rendered rendered = Rendered.of(chart -> NamespaceScope.Builder.create(chart, "scope")
                .namespace(Shop.NAMESPACE)
                .calls(List.of(BILLING, Shop.CART, Shop.GATEWAY))
                .telemetry(List.of(Shop.COLLECTOR))
                .build());

        assertThat(rendered.named("Sidecar shop/default"))
                .hasJson(
                        "/spec",
                        "{egress: [{hosts: ['./*', 'istio-system/*', 'monitoring/*',"
                                + " 'pay/billing.pay.svc.cluster.local']}]}");
    }
}
