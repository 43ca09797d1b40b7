package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Management endpoints get past the gateway only where an environment opens them. */
class ActuatorTest {
    private static final String ENDPOINT = "https://oauth.buildingbite.com/actuator/prometheus";

    @Test
    void a_host_that_leads_to_an_application_with_them_refuses_them() {
        assertThat(Synthesized.fixture("azure")
                        .trace()
                        .request("GET", ENDPOINT)
                        .verdict()
                        .isAnswered(403))
                .isTrue();
    }

    @Test
    void a_host_may_open_them() {
        Synthesized open = Synthesized.variant("azure", "azure-open-actuator");

        assertThat(open.trace().request("GET", ENDPOINT).verdict().isDelivered())
                .isTrue();
        assertThat(open.object("VirtualService", "default", "oauth-buildingbite-com")
                        .toString())
                .doesNotContain("refused");
    }

    @Test
    void a_host_whose_services_show_none_says_nothing_of_them() {
        assertThat(Synthesized.fixture("azure")
                        .object("VirtualService", "frontend", "buildingbite-com")
                        .at("/spec/http/0/name")
                        .asText())
                .isEqualTo("frontend-root-safe");
    }
}
