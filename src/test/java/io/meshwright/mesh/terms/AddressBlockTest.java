package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/10, 10.63.255.255, true",
        "10.0.0.0/10, 10.64.0.0, false",
        "10.0.0.0/19, 10.0.31.9, true",
        "10.0.0.9/24, 10.0.0.1, true",
        "0.0.0.0/0, 192.0.2.1, true",
        "10.0.0.1/32, 10.0.0.1, true",
        "10.0.0.1/32, 10.0.0.2, false",
        "10.0.0.1/33, 10.0.0.1, false",
        "10.0.0.1/0032, 10.0.0.1, false",
        "10.0.0.1/x, 10.0.0.1, false",
        "10.0.0.1/-1, 10.0.0.1, false",
        "10.0.0.1/, 10.0.0.1, false",
        "10.0.0.1, 10.0.0.1, true",
        "/8, 10.0.0.1, false",
        "2001:db8::1/128, 2001:db8::1, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "::/0, 10.0.0.1, false",
        "10.0.0.0/8, x, false"
    })
    void a_block_holds_the_addresses_that_begin_like_it(String block, String address, boolean holds) {
        assertThat(AddressBlock.contains(block, address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, true",
        "10.0.0.1/32, false",
        "10.0.0.1, false",
        "0.0.0.0, true",
        "2001:db8::/127, true",
        "2001:db8::1/128, false",
        "x, false"
    })
    void a_prefix_shorter_than_the_address_leaves_room_for_several(String block, boolean several) {
        assertThat(AddressBlock.holdsSeveral(block)).isEqualTo(several);
    }
}
