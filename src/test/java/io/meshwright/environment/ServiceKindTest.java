package io.meshwright.environment;

import static io.meshwright.value.Refusals.assertRefused;

import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Existing;
import io.meshwright.value.workload.Job;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.Vpa;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceKindTest {
    private static final Scale RECOMMENDED = new Scale(null, null, new Vpa(null, null, null, null));

    @Test
    void recommends_nothing_for_pods_that_others_run() {
        Existing others = new Existing(Map.of("app", "web"), Name.of("web"), null);
        ServiceKind kind = new ServiceKind(others, null, PodSettings.none());

        assertRefused(() -> kind.refuse(RECOMMENDED, null, null, null, null))
                .isEqualTo("scale.vpa: is for pods that are made here, and these are run by others; remove it, or"
                        + " workload: {type: existing, ...}");
    }

    @Test
    void recommends_nothing_for_pods_that_end() {
        Container container =
                Container.of(ImageReference.of("docker.io/library/busybox:1.37.0"), Resources.of("50m", "64Mi", "1Gi"));
        ServiceKind kind = new ServiceKind(new Job(null, null, null, null), container, PodSettings.none());

        assertRefused(() -> kind.refuse(RECOMMENDED, null, null, null, null))
                .contains("scale: has no meaning for a workload of type job");
    }
}
