package io.meshwright.check.rule.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.manifest.ManifestReader;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the requests go whose route delegates to nobody depends on what else the VirtualService has and who heeds it.
 */
class DelegatesMeetTest {
    private static final String SHOP = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: shop, namespace: shop}
        spec:
          hosts: [shop.example.com]
          gateways: %s
          http: [%s{delegate: {name: gone}}]
        """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[istio-ingress/edge]       | {match: [{uri: {prefix: /a}}], directResponse: {status: 200}},"
                        + "| its requests take a later one or get 404",
                "[istio-ingress/edge]       | '' | its requests get 404",
                "[mesh]                     | '' | calls in the mesh go on as if there were no VirtualService",
                "[mesh, istio-ingress/edge] | '' "
                        + "| its requests get 404 at gateways, while calls in the mesh go on as if there were no VirtualService",
            })
    void says_where_the_requests_go(String gateways, String before, String end) {
        assertThat(
                        Checks.run(ManifestReader.of("shop.yaml", SHOP.formatted(gateways, before)), Optional.empty())
                                .all()
                                .stream()
                                .filter(finding -> finding.rule().equals(DelegatesMeet.DELEGATE_MISSING))
                                .map(Finding::message))
                .containsExactly("there is no VirtualService shop/gone, so the route vanishes and ".concat(end));
    }
}
