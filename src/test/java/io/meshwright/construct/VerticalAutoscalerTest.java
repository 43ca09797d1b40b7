package io.meshwright.construct;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static io.meshwright.value.Refusals.assertRefused;

import io.meshwright.construct.traffic.ScaleTarget;
import io.meshwright.value.Name;
import org.junit.jupiter.api.Test;

class VerticalAutoscalerTest {
    private static final ScaleTarget WEB = ScaleTarget.deployment(Name.of("web"), Name.of("shop"));

    @Test
    void recommends_for_the_application_and_leaves_proxy_and_pods_alone() {
        assertThat(Rendered.of(chart -> VerticalAutoscaler.Builder.create(chart, "advice")
                                .target(WEB)
                                .container("web")
                                .build())
                        .only("VerticalPodAutoscaler"))
                .hasJson("/spec/targetRef", "{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}")
                .has("/spec/updatePolicy/updateMode", "Off")
                .has("/spec/resourcePolicy/containerPolicies/0/containerName", "web")
                .hasJson("/spec/resourcePolicy/containerPolicies/1", "{containerName: 'istio-proxy', mode: 'Off'}");
    }

    @Test
    void names_a_container() {
        assertRefused(() -> Rendered.of(chart -> VerticalAutoscaler.Builder.create(chart, "advice")
                        .target(WEB)
                        .container(" ")
                        .build()))
                .contains("container");
    }
}
