package io.meshwright.construct.delivery.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveTest {
    @ParameterizedTest
    @CsvSource({
        "OPERATORS, OPERATOR_RESOURCES",
        "ISTIO_BASE, ISTIO_CNI",
        "ISTIO_CNI, ISTIOD",
        "ISTIOD, MESH",
        "ISTIOD, GATEWAY",
        "GATEWAY, GATEWAY_RESOURCES",
        "OPERATOR_RESOURCES, GATEWAY_RESOURCES",
        "CONTROLLERS, SERVICES",
        "FOUNDATION, OPERATORS"
    })
    void waits_for_what_it_needs(Wave first, Wave then) {
        assertThat(Integer.parseInt(first.value())).isLessThan(Integer.parseInt(then.value()));
    }

    @Test
    void is_written_as_a_text() {
        assertThat(Wave.ISTIO_BASE.annotations()).containsEntry("argocd.argoproj.io/sync-wave", "30");
    }

    @Test
    void protects_by_an_option_that_every_argo_cd_of_the_table_knows() {
        assertThat(Compatibility.resolve(Version.of("1.30"), Version.of("1.23.4"))
                        .chart(ChartAddOn.ARGO_CD)
                        .version())
                .isGreaterThanOrEqualTo(Version.of("2.14"));
        assertThat(Protection.annotations())
                .containsEntry("argocd.argoproj.io/sync-options", "Prune=confirm,Delete=confirm");
    }
}
