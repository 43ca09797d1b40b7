package io.meshwright.value;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberValuesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 443, 65535})
    void takes_every_port(int port) {
        assertThat(Port.of(port)).hasToString(Integer.toString(port));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536})
    void refuses_a_number_that_is_no_port(int port) {
        assertRefused(() -> Port.of(port))
                .isEqualTo("\"%d\" is not between 1 and 65535; give a number from 1 to 65535".formatted(port));
    }

    @Test
    void splits_the_traffic_in_whole_percent() {
        assertThat(Weight.percent(10).rest()).isEqualTo(Weight.of(90));
        assertThat(Weight.of(0).rest()).isEqualTo(Weight.of(100));
        assertRefused(() -> Weight.of(101)).startsWith("\"101\" is not between 0 and 100;");
        assertRefused(() -> Weight.of(-1)).startsWith("\"-1\" is not between 0 and 100;");
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "0.1, 0.1", "100, 100", "-0.0, 0", "0, 0"})
    void writes_a_percentage_without_needless_zeros(double value, String text) {
        assertThat(Percent.of(value)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refuses_a_share_of_more_than_all(double value) {
        assertRefused(() -> Percent.of(value)).contains("is not between 0 and 100;");
    }

    @Test
    void takes_amounts_of_memory_and_cpu_up_to_their_bounds() {
        assertThat(Quantity.bytes("memory", Quantity.of("1Mi"))).isEqualTo(Quantity.of("1Mi"));
        assertThat(Quantity.bytes("memory", Quantity.of("0"))).isEqualTo(Quantity.of("0"));
        assertRefused(() -> Quantity.bytes("memory", Quantity.of("1023Ki")))
                .isEqualTo("memory: \"1023Ki\" is less than a mebibyte; write bytes with a unit, such as 64Mi or 10Gi");
        assertThat(Quantity.cores("cpu", Quantity.of("1k"))).isEqualTo(Quantity.of("1k"));
        assertRefused(() -> Quantity.cores("cpu", Quantity.of("1001")))
                .isEqualTo("cpu: \"1001\" is more than a thousand cores; write cores, such as 100m or 2");
        assertThat(Quantity.of("0").isZero()).isTrue();
        assertThat(Quantity.of("1m").isZero()).isFalse();
    }

    @Test
    void orders_numbers_by_size() {
        assertThat(Port.of(80)).isLessThan(Port.of(443));
        assertThat(Weight.of(9)).isLessThan(Weight.of(10));
        assertThat(Percent.of(0.5)).isLessThan(Percent.of(1));
    }

    @ParameterizedTest
    @CsvSource({
        "30s, 30000, 30s",
        "90s, 90000, 1m30s",
        "1h30m, 5400000, 1h30m",
        "250ms, 250, 250ms",
        "0s, 0, 0s",
        "1m1ms, 60001, 1m1ms",
        "24h, 86400000, 24h"
    })
    void reads_and_writes_a_duration(String text, long millis, String canonical) {
        assertThat(Duration.of(text).millis()).isEqualTo(millis);
        assertThat(Duration.of(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "1.5s", "-1s", "1d", "30 s", "1m1h", "1s1s", "9999999999s"})
    void refuses_what_is_no_duration(String text) {
        assertRefused(() -> Duration.of(text)).contains("1h30m");
    }

    @Test
    void counts_with_durations() {
        assertThat(Duration.ofSeconds(2).times(3)).isEqualTo(Duration.of("6s"));
        assertThat(Duration.of("1500ms").seconds()).isEqualTo(1);
        assertThat(Duration.of("59s")).isLessThan(Duration.of("1m"));
        assertThat(Duration.of("0ms").isZero()).isTrue();
        assertRefused(() -> new Duration(-1)).startsWith("\"-1ms\" is negative");
    }

    @ParameterizedTest
    @CsvSource({"12h, 12", "7d, 168", "5w, 840"})
    void reads_how_long_data_is_kept(String text, long hours) {
        assertThat(Retention.of(text).hours()).isEqualTo(hours);
        assertThat(Retention.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "7", "7days", "1d12h", "7D"})
    void refuses_a_retention_that_prometheus_or_loki_would(String text) {
        assertRefused(() -> Retention.of(text)).contains("such as 12h, 7d or 5w");
    }

    @ParameterizedTest
    @CsvSource({
        "250m, 0.250",
        "0.5, 0.5",
        "2, 2",
        "1Ki, 1024",
        "512Mi, 536870912",
        "1G, 1000000000",
        "20Gi, 21474836480",
        "1k, 1000",
        "1Pi, 1125899906842624"
    })
    void knows_the_amount_of_a_quantity(String text, String amount) {
        assertThat(Quantity.of(text).amount()).isEqualByComparingTo(amount);
        assertThat(Quantity.of(text)).hasToString(text);
    }

    @Test
    void compares_quantities_across_units() {
        assertThat(Quantity.of("1Gi")).isEqualByComparingTo(Quantity.of("1024Mi"));
        assertThat(Quantity.of("1G")).isLessThan(Quantity.of("1Gi"));
        assertThat(Quantity.of(2.0)).hasToString("2");
        assertThat(Quantity.of("0m").isZero()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1GB", "1 Gi", "01", "1e3", ".5", "1K", "Mi"})
    void refuses_what_kubernetes_would_read_otherwise(String text) {
        assertRefused(() -> Quantity.of(text)).contains("an amount such as 250m");
    }

    @ParameterizedTest
    @CsvSource({"0s, 0s", "1s, 1s", "90s, 90s", "250ms, 0.250s", "1s5ms, 1.005s"})
    void writes_a_duration_in_seconds_as_json_does(String text, String seconds) {
        assertThat(Duration.of(text).inSeconds()).isEqualTo(seconds);
    }

    @Test
    void a_retention_in_days_has_no_hours_left() {
        assertThat(Retention.of("48h").inWholeDays("logs")).isEqualTo(Retention.of("48h"));
        assertRefused(() -> Retention.of("25h").inWholeDays("logs"))
                .isEqualTo("logs: \"25h\" is not a number of whole days; give days, such as 7d");
        assertThat(Retention.of("2d")).isLessThan(Retention.of("49h"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535})
    void a_free_port_is_written_0(int port) {
        assertThat(Port.orFree("--port", port)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void refuses_to_listen_at_no_port(int port) {
        assertRefused(() -> Port.orFree("--port", port))
                .isEqualTo("--port: %d is no port; write 0 to 65535".formatted(port));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "100, 100", "0.5, 0.5", "NaN, NaN", "Infinity, Infinity", "1e-7, 0.0000001"})
    void a_number_has_no_exponent(double value, String text) {
        assertThat(Plain.number(value)).isEqualTo(text);
    }
}
