package io.meshwright.value.workload;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Csi.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsiTest {
    private static final Csi PLAIN = new Csi(null, null, null, null, null, null, null);

    @Test
    void takes_issuer_and_names_of_others_where_it_has_none() {
        Csi own = new Csi(null, Name.of("vault"), List.of("a.b"), null, null, null, null);

        assertThat(PLAIN.or(Name.of("internal-ca"), List.of("web.shop")).issuer())
                .isEqualTo(Name.of("internal-ca"));
        assertThat(PLAIN.or(Name.of("internal-ca"), List.of("web.shop")).dnsNames())
                .containsExactly("web.shop");
        assertThat(own.or(Name.of("internal-ca"), List.of("web.shop"))).isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "*.web.shop.svc", "${POD_NAME}.db-headless.${POD_NAMESPACE}.svc", "a-${POD_NAME}"})
    void has_names_of_hosts_and_of_its_pod(String name) {
        assertThat(new Csi(null, null, List.of(name), null, null, null, null).dnsNames())
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Web", "a b", "a..b", ".a", "a,b", "${NODE_NAME}", "*"})
    void has_no_other_names(String name) {
        assertRefused(() -> new Csi(null, null, List.of(name), null, null, null, null))
                .startsWith("dnsNames[0]: ");
    }

    @Test
    void is_valid_for_an_hour_to_a_year_and_renewed_before_its_end() {
        assertThat(PLAIN.duration()).isEqualTo(Duration.of("2160h"));
        assertThat(lasting("1h", "59m").renewBefore()).isEqualTo(Duration.of("59m"));
        assertThat(lasting("8760h", null).duration()).isEqualTo(Duration.of("8760h"));
        assertRefused(() -> lasting("59m", null)).startsWith("duration: \"59m\" is not between 1h and 8760h");
        assertRefused(() -> lasting("8761h", null)).startsWith("duration: ");
        assertRefused(() -> lasting("1h", "1h")).startsWith("renewBefore: \"1h\" is not within");
        assertRefused(() -> lasting("1h", "0s")).startsWith("renewBefore: \"0s\" is not within");
    }

    @Test
    void is_for_both_ends_or_for_one() {
        assertThat(PLAIN.usages()).containsExactly(Usage.SERVER, Usage.CLIENT);
        assertRefused(() -> new Csi(null, null, null, null, null, null, List.of()))
                .startsWith("usages: is empty");
        assertRefused(() -> new Csi(null, null, null, null, null, null, List.of(Usage.SERVER, Usage.SERVER)))
                .startsWith("usages: names one twice");
    }

    private static Csi lasting(String duration, String renewBefore) {
        return new Csi(
                null,
                null,
                null,
                Duration.of(duration),
                renewBefore == null ? null : Duration.of(renewBefore),
                null,
                null);
    }
}
