package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/",
                "/actuator/env",
                "//actuator",
                "/api/x/actuator",
                "/api/x/actuator/heapdump",
                "/Actuator",
                "/ACTUATOR/env",
                "/actuator;a=b",
                "/actuator;a=b/env",
                "/x/..;/actuator",
                "/x%2Factuator",
                "/actuator%2fenv",
                "/actuator%3Ba",
                "/x%5Cactuator",
                "/actuator.json",
                "/actuator%20"
            })
    void is_known_however_it_is_written(String path) {
        assertThat(ManagementPath.isOne(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/management",
                "/api/management/chat",
                "/actuators",
                "/actuator-docs",
                "/actuator_x",
                "/actuator2",
                "/my-actuator",
                "/xactuator/env",
                "/api/actuatorx"
            })
    void is_no_other_path(String path) {
        assertThat(ManagementPath.isOne(path)).isFalse();
    }

    @Test
    void begins_as_every_path_does_so_that_a_route_may_ask_for_it() {
        assertThat(RoutePath.regex(ManagementPath.regex()).beginning()).isEqualTo("/");
        assertThat(ManagementPath.isOne(null)).isFalse();
    }
}
