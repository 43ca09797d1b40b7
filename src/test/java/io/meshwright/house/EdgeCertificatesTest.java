package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import org.junit.jupiter.api.Test;

/** Where the Secrets of the gateway's listeners come from, whichever way an environment chooses. */
class EdgeCertificatesTest {
    private static final String BY_HAND = "/metadata/annotations/meshwright.io~1secrets-by-hand";

    @Test
    void the_ca_of_cloudflares_origin_pulls_is_synced_to_where_the_gateways_pods_read_it() {
        Synthesized azure = Synthesized.variant("azure", "azure-origin-pulls");

        assertThat(azure.object("Gateway", "default", "sangsang-gateway")
                        .at("/spec/servers/0/tls")
                        .toString())
                .isEqualTo("{\"credentialName\":\"oauth-buildingbite-com-tls\",\"minProtocolVersion\":\"TLSV1_3\","
                        + "\"mode\":\"MUTUAL\"}");
        Manifest secret = azure.object("ExternalSecret", "istio-system", "oauth-buildingbite-com-tls-cacert");
        assertThat(secret.at("/spec/data")).singleElement().satisfies(data -> {
            assertThat(data.at("/remoteRef/key").asText()).isEqualTo("cloudflare-origin-pull-ca");
            assertThat(data.path("secretKey").asText()).isEqualTo("ca.crt");
        });
        assertThat(secret.at("/spec/target/name").asText()).isEqualTo("oauth-buildingbite-com-tls-cacert");
        assertThat(azure.findings().all()).isEmpty();
    }

    @Test
    void an_existing_secret_is_named_on_the_gateway_for_who_makes_it() {
        Synthesized azure = Synthesized.variant("azure", "azure-existing-certificate");

        assertThat(azure.object("Gateway", "default", "sangsang-gateway")
                        .at(BY_HAND)
                        .asText())
                .isEqualTo("istio-system/oauth-buildingbite-com-tls");
        assertThat(azure.findings().all()).isEmpty();
    }

    @Test
    void without_a_store_the_ca_of_clients_is_made_by_hand() {
        Synthesized homelab = Synthesized.variant("homelab", "homelab-origin-pulls");

        assertThat(homelab.object("Gateway", "blog-system", "blog-gateway")
                        .at(BY_HAND)
                        .asText())
                .isEqualTo("istio-system/jiminhome-shop-tls-cacert");
        assertThat(homelab.findings().all()).isEmpty();
    }

    @Test
    void the_homelab_answers_https_with_a_certificate_that_renews_itself() {
        Synthesized homelab = Synthesized.fixture("homelab");

        JsonNode server =
                homelab.object("Gateway", "blog-system", "blog-gateway").at("/spec/servers/1");
        assertThat(server.at("/port/number").asInt()).isEqualTo(443);
        assertThat(server.at("/tls/mode").asText()).isEqualTo("SIMPLE");
        assertThat(server.at("/tls/minProtocolVersion").asText()).isEqualTo("TLSV1_2");
        assertThat(homelab.object(
                                "Certificate",
                                "istio-system",
                                server.at("/tls/credentialName").asText())
                        .at("/spec/issuerRef/name")
                        .asText())
                .isEqualTo("letsencrypt");
        assertThat(homelab.object("Gateway", "blog-system", "blog-gateway")
                        .at("/spec/servers/0/tls")
                        .isMissingNode())
                .as("no redirect while Cloudflare speaks HTTP to the origin")
                .isTrue();
    }
}
