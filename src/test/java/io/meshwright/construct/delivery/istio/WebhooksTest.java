package io.meshwright.construct.delivery.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhooksTest {
    private static final IstioRelease ISTIO =
            Compatibility.resolve(Version.of("1.30"), Version.of("1.23.4")).istio();
    private static final List<String> AKS = List.of("control-plane", "kubernetes.azure.com/managedby");
    private static final String EXPRESSIONS = ".webhooks[]?.namespaceSelector.matchExpressions[]? | "
            + "select(.key == \"control-plane\" or .key == \"kubernetes.azure.com/managedby\")";

    @ParameterizedTest
    @EnumSource(
            value = ChartAddOn.class,
            names = {"CERT_MANAGER", "EXTERNAL_SECRETS", "KEDA", "METALLB"})
    void ignores_the_expressions_of_the_platform_in_every_webhook_of_an_add_on(ChartAddOn addOn) {
        assertThat(Webhooks.of(addOn, AKS))
                .isNotEmpty()
                .allSatisfy(ignored -> assertThat(ignored.paths()).containsExactly(EXPRESSIONS));
    }

    @Test
    void ignores_them_besides_what_istiod_writes() {
        assertThat(Webhooks.and(IstioDrift.base(ISTIO), AKS))
                .singleElement()
                .satisfies(ignored -> assertThat(ignored.paths())
                        .containsExactly(
                                ".webhooks[]?.clientConfig.caBundle", ".webhooks[]?.failurePolicy", EXPRESSIONS));
    }

    @ParameterizedTest
    @EnumSource(ChartAddOn.class)
    void ignores_nothing_where_the_platform_adds_nothing(ChartAddOn addOn) {
        assertThat(Webhooks.of(addOn, List.of())).isEmpty();
        assertThat(Webhooks.and(IstioDrift.base(ISTIO), List.of())).isEqualTo(IstioDrift.base(ISTIO));
    }

    @Test
    void touches_no_other_kind_than_webhooks() {
        List<IgnoredDifference> agent = IstioDrift.cni(
                Compatibility.resolve(Version.of("1.32"), Version.of("1.26.2")).istio());

        assertThat(Webhooks.and(agent, AKS)).isNotEmpty().isEqualTo(agent);
    }
}
