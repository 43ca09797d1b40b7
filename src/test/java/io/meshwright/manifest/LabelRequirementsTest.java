package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRequirementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "tier | true",
                "!tier | false",
                "!gone | true",
                "tier=web | true",
                "tier == web | true",
                "tier!=web | false",
                "gone!=web | true",
                "tier in (api, web) | true",
                "tier in (api) | false",
                "tier notin (api,db) | true",
                "tier notin (web) | false",
                "gone notin (true) | true",
                "tier=web,example.org/env notin (dev, test),!gone | true",
                "tier=web,example.org/env=dev | false",
                "tier=(web | false"
            })
    void are_met_as_kubernetes_reads_them(String selector, boolean met) {
        assertThat(LabelRequirements.of(selector).areMetBy(Map.of("tier", "web", "example.org/env", "prod")))
                .isEqualTo(met);
    }
}
