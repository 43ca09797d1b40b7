package io.meshwright.value.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Port;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IstioPortsTest {
    @ParameterizedTest
    @CsvSource({"14999, false", "15000, true", "15021, true", "15090, true", "15091, false", "15443, false"})
    void leaves_15000_to_15090_to_istio(int port, boolean taken) {
        assertThat(IstioPorts.areTaken(Port.of(port))).isEqualTo(taken);
    }
}
