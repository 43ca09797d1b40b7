package io.meshwright.value;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortAndKindTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535})
    void one_that_is_free_may_be_asked_for(int number) {
        assertThat(Port.orFree("--port", number)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void others_are_none(int number) {
        assertRefused(() -> Port.orFree("--port", number))
                .isEqualTo("--port: %d is no port; write 0 to 65535".formatted(number));
    }

    @Test
    void kinds_have_a_capital_and_perhaps_a_group() {
        assertThat(Require.kind("kind", "networking.k8s.io/Ingress")).isEqualTo("networking.k8s.io/Ingress");
        assertThat(Require.kind("kind", "Secret")).isEqualTo("Secret");
        assertRefused(() -> Require.kind("kind", "secret")).startsWith("kind: \"secret\" is no kind; write Kind or");
        assertRefused(() -> Require.kind("kind", "a/b/C")).startsWith("kind: \"a/b/C\" is no kind");
    }
}
