package io.meshwright.value.workload;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Quantity;
import io.meshwright.value.workload.Vpa.Allowed;
import io.meshwright.value.workload.Vpa.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class VpaTest {
    private static final Allowed HALF = new Allowed(Quantity.of("500m"), Quantity.of("512Mi"));

    @Test
    void recommends_both_and_changes_nothing_unless_it_says_otherwise() {
        Vpa vpa = new Vpa(null, null, null, null);

        assertThat(vpa.updateMode().word()).isEqualTo("Off");
        assertThat(vpa.controlledResources()).containsExactly(Resource.CPU, Resource.MEMORY);
    }

    @Test
    void looks_at_each_once_and_at_one_at_least() {
        assertRefused(() -> new Vpa(null, List.of(), null, null)).contains("controlledResources: is empty");
        assertRefused(() -> new Vpa(null, List.of(Resource.CPU, Resource.CPU), null, null))
                .contains("controlledResources: names one twice");
    }

    @Test
    void stays_between_bounds_of_what_it_looks_at() {
        Allowed cores = new Allowed(Quantity.of("2"), null);

        assertThat(new Vpa(null, null, HALF, HALF).maxAllowed()).isEqualTo(HALF);
        assertThat(new Vpa(null, null, HALF, cores).maxAllowed()).isEqualTo(cores);
        assertRefused(() -> new Vpa(null, null, cores, HALF))
                .contains("minAllowed.cpu: \"2\" is over maxAllowed \"500m\"");
        assertRefused(() -> new Vpa(null, List.of(Resource.MEMORY), null, cores))
                .contains("maxAllowed.cpu: bounds what controlledResources leaves out");
        assertRefused(() -> new Vpa(null, List.of(Resource.CPU), HALF, null))
                .contains("minAllowed.memory: bounds what controlledResources leaves out");
    }

    @Test
    void bounds_are_cores_and_bytes() {
        assertRefused(() -> new Allowed(null, null)).contains("bounds nothing");
        assertRefused(() -> new Allowed(Quantity.of("64Mi"), null))
                .contains("cpu: \"64Mi\" is more than a thousand cores");
        assertRefused(() -> new Allowed(null, Quantity.of("64"))).contains("memory: \"64\" is less than a mebibyte");
    }
}
