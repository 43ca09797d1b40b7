package io.meshwright.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {
    // FIPS 180-2, appendix B.1
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final byte[] BYTES = "abc".getBytes(StandardCharsets.UTF_8);

    @Test
    void of_bytes_is_what_other_programs_say() {
        assertThat(Sha256.of(BYTES)).isEqualTo(ABC);
        assertThat(Sha256.base64("abc")).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    @Test
    void of_parts_knows_where_one_ends() {
        assertThat(new Sha256().add("abc").hex())
                .hasSize(64)
                .isEqualTo(Sha256.of("3:abc".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Sha256().add(BYTES).hex());
        assertThat(new Sha256().add("a").add("bc").hex())
                .isEqualTo(Sha256.of("1:a2:bc".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(new Sha256().add("ab").add("c").hex());
    }

    @Test
    void begins_anew_when_it_was_read() {
        Sha256 digest = new Sha256().add("a");
        digest.hex();

        assertThat(digest.add("abc").hex()).isEqualTo(new Sha256().add("abc").hex());
    }
}
