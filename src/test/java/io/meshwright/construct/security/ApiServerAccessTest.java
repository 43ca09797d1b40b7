package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiServerAccessTest {
    @Test
    void lets_one_party_speak_to_the_api_server() {
        Rendered rendered = Rendered.of(
                chart -> ApiServerAccess.of(chart, "api", Shop.PROMETHEUS, List.of(Cidr.of("10.0.0.1/32"))));

        assertThat(rendered.named("NetworkPolicy monitoring/prometheus-to-api-server"))
                .hasJson("/spec/podSelector/matchLabels", "{app: 'prometheus'}")
                .hasJson(
                        "/spec/egress",
                        "[{to: [{ipBlock: {cidr: '10.0.0.1/32'}}],"
                                + "ports: [{protocol: 'TCP', port: 443}, {protocol: 'TCP', port: 6443}]}]");
    }
}
