package io.meshwright.value.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Lifecycle.Exec;
import io.meshwright.value.workload.Lifecycle.HttpGet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {
    private static final Name PORT = Name.of("grpc");

    @Test
    void asks_in_one_way() {
        assertThat(Probe.http("/healthz"))
                .satisfies(probe -> assertThat(probe.kind()).isEqualTo("httpGet"))
                .satisfies(probe -> assertThat(probe.asksPort()).isTrue())
                .satisfies(probe -> assertThat(probe.port()).isNull());
        assertThat(grpc())
                .satisfies(probe -> assertThat(probe.kind()).isEqualTo("grpc"))
                .satisfies(probe -> assertThat(probe.port()).isEqualTo(PORT));
        assertThat(new Probe(null, null, new Probe.TcpSocket(PORT), null, null, null, null))
                .satisfies(probe -> assertThat(probe.kind()).isEqualTo("tcpSocket"))
                .satisfies(probe -> assertThat(probe.asksPort()).isTrue())
                .satisfies(probe -> assertThat(probe.port()).isEqualTo(PORT));
        assertThat(new Probe(null, null, null, new Exec(List.of("true")), null, null, null))
                .satisfies(probe -> assertThat(probe.kind()).isEqualTo("exec"))
                .satisfies(probe -> assertThat(probe.asksPort()).isFalse())
                .satisfies(probe -> assertThat(probe.port()).isNull());
    }

    @Test
    void is_refused_without_a_way_or_with_two() {
        assertThatThrownBy(() -> new Probe(null, null, null, null, null, null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is not exactly one of httpGet, grpc, tcpSocket and exec");
        assertThatThrownBy(() ->
                        new Probe(new HttpGet("/", null), new Probe.Grpc(null, null), null, null, null, null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is not exactly one of");
    }

    @Test
    void asks_every_ten_seconds_unless_it_says_otherwise() {
        assertThat(Probe.http("/"))
                .extracting(Probe::periodSeconds, Probe::timeoutSeconds, Probe::failureThreshold)
                .containsExactly(10, 3, 3);
        assertThat(new Probe(new HttpGet("/", null), null, null, null, 3600, 600, 100))
                .extracting(Probe::periodSeconds, Probe::timeoutSeconds, Probe::failureThreshold)
                .containsExactly(3600, 600, 100);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, periodSeconds",
        "3601, 1, 1, periodSeconds",
        "1, 601, 1, timeoutSeconds",
        "1, 1, 101, failureThreshold"
    })
    void refuses_numbers_out_of_bounds(int period, int timeout, int failures, String key) {
        assertThatThrownBy(() -> new Probe(new HttpGet("/", null), null, null, null, period, timeout, failures))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(key);
    }

    private static Probe grpc() {
        return new Probe(null, new Probe.Grpc(PORT, null), null, null, null, null, null);
    }
}
