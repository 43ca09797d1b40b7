package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Cidr;
import io.meshwright.value.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {
    @Test
    void knows_the_blocks_of_cloudflare() {
        List<Cidr> blocks = AddressSet.cloudflare().blocks();

        assertThat(blocks).hasSize(22).isSorted().doesNotHaveDuplicates();
        assertThat(blocks)
                .anyMatch(block -> block.contains(IpAddress.of("104.16.0.1")))
                .anyMatch(block -> block.contains(IpAddress.of("2606:4700::1111")))
                .noneMatch(block -> block.contains(IpAddress.of("104.32.0.0")));
    }

    @Test
    void takes_an_address_as_a_block_of_one() {
        assertThat(AddressSet.of("203.0.113.7").blocks()).containsExactly(Cidr.of("203.0.113.7/32"));
        assertThat(AddressSet.of("2001:db8::7").blocks()).containsExactly(Cidr.of("2001:db8::7/128"));
    }

    @Test
    void joins_sets_in_order_and_once() {
        assertThat(AddressSet.blocks(List.of(
                        AddressSet.of("203.0.113.0/24"), AddressSet.of("10.0.0.0/8"), AddressSet.of("203.0.113.0/24"))))
                .containsExactly(Cidr.of("10.0.0.0/8"), Cidr.of("203.0.113.0/24"));
    }

    @Test
    void leaves_ipv6_out_for_a_load_balancer_that_has_none() {
        assertThat(AddressSet.ipv4Blocks(List.of(AddressSet.cloudflare())))
                .hasSize(15)
                .allMatch(block -> !block.first().isIpv6());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cloudfront", "203.0.113.0/33", "203.0.113.1/24", "300.0.0.1", "office"})
    void refuses_what_is_no_address(String text) {
        assertThatThrownBy(() -> AddressSet.of(text)).hasMessageContaining("; give ");
    }
}
