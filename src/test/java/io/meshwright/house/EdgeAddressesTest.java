package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.value.Cidr;
import io.meshwright.value.security.AddressSet;
import org.junit.jupiter.api.Test;

/** The address that allow lists see is the client's, and nobody goes around the edge to the origin. */
class EdgeAddressesTest {
    @Test
    void as_many_proxies_are_trusted_as_stand_before_the_gateway() {
        assertThat(mesh("azure")
                        .at("/defaultConfig/gatewayTopology/numTrustedProxies")
                        .asInt())
                .isEqualTo(1);
        assertThat(mesh("homelab")
                        .at("/defaultConfig/gatewayTopology/numTrustedProxies")
                        .asInt())
                .isEqualTo(1);
        assertThat(mesh("egov").at("/defaultConfig/gatewayTopology").isMissingNode())
                .isTrue();
    }

    @Test
    void the_load_balancer_of_azure_admits_cloudflare_only() {
        JsonNode service = values("azure", "istio-ingressgateway").at("/service");

        String[] admitted = service.at("/annotations/service.beta.kubernetes.io~1azure-allowed-ip-ranges")
                .asText()
                .split(",");
        assertThat(admitted)
                .isNotEmpty()
                .isSubsetOf(AddressSet.cloudflare().blocks().stream()
                        .map(Cidr::toString)
                        .toList())
                .contains("173.245.48.0/20", "104.16.0.0/13");
        assertThat(service.at("/externalTrafficPolicy").asText()).isEqualTo("Local");
    }

    @Test
    void node_ports_answer_on_every_node_unless_the_balancer_leaves_out_those_that_do_not() {
        assertThat(values("egov", "istio-ingressgateway")
                        .at("/service/externalTrafficPolicy")
                        .asText())
                .isEqualTo("Cluster");

        Synthesized checked = Synthesized.variant("egov", "egov-health-checked");
        assertThat(checked.object("Application", "argocd", "istio-ingressgateway")
                        .at("/spec/source/helm/valuesObject/service/externalTrafficPolicy")
                        .asText())
                .isEqualTo("Local");
        assertThat(checked.trace()
                        .request("GET", "http://node-1:30080/")
                        .header("host", "tools.example.org")
                        .clientIp("198.51.100.7")
                        .verdict()
                        .isAnswered(403))
                .isTrue();
    }

    private static JsonNode mesh(String environment) {
        return values(environment, "istiod").at("/meshConfig");
    }

    private static JsonNode values(String environment, String release) {
        return Synthesized.fixture(environment)
                .object("Application", "argocd", release)
                .at("/spec/source/helm/valuesObject");
    }
}
