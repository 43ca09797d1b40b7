package io.meshwright.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.IstioVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomResourcesTest {
    /** A retryBudget came after 1.26 and is in 1.30, and misspelt is in none. */
    @ParameterizedTest
    @CsvSource({
        "1.26, retryBudget, false",
        "1.29.3, retryBudget, true",
        "1.22.4, retryBudget, false",
        "1.29.3, misspelt, false",
        "1.30.1, misspelt, false",
        "1.31.0, misspelt, false",
        "1.32.0, misspelt, true"
    })
    void doubts_what_only_the_definitions_of_another_release_refuse(String release, String field, boolean doubted) {
        Manifest rule = ManifestReader.of("rule.yaml", """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: shop}
        spec: {host: web, trafficPolicy: {%s: {}}}
        """.formatted(field))
                .manifests()
                .all()
                .get(0);
        CustomResources definitions = new CustomResources(IstioVersion.of(release));

        assertThat(definitions.violations(rule).orElseThrow())
                .singleElement()
                .satisfies(violation ->
                        assertThat(definitions.mayTake(rule, violation)).isEqualTo(doubted));
    }

    @ParameterizedTest
    @CsvSource({"1.28.0, true", "1.26.2, false"})
    void doubts_a_value_that_a_later_release_takes(String release, boolean doubted) {
        Manifest entry = ManifestReader.of("entry.yaml", """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: any, namespace: shop}
        spec: {hosts: ["*.example.com"], resolution: DYNAMIC_DNS, ports: [{number: 80, name: http}]}
        """).manifests().all().get(0);
        CustomResources definitions = new CustomResources(IstioVersion.of(release));

        assertThat(definitions.violations(entry).orElseThrow())
                .singleElement()
                .satisfies(violation ->
                        assertThat(definitions.mayTake(entry, violation)).isEqualTo(doubted));
    }
}
