package io.meshwright.value;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", "*.jiminhome.shop", "blog.jiminhome.shop", "web-service", "a.1b.c2", "xn--9n2bp8q.kr"})
    void takes_names_and_wildcards_as_host(String host) {
        assertThat(Host.of(host)).hasToString(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Blog.example.org",
                "*example.org",
                "a.*.org",
                "a..b",
                "a.b.",
                "https://a.b",
                "a.b/c",
                "a b",
                "192.168.1.200",
                "-a.b",
                "a:80"
            })
    void refuses_a_host_that_istio_would(String host) {
        assertRefused(() -> Host.of(host))
                .endsWith("give a lower-case DNS name such as blog.example.org, *.example.org or \"*\"");
    }

    @Test
    void refuses_a_host_that_the_dns_cannot_hold() {
        assertRefused(() -> Host.of("a".repeat(64) + ".org")).contains("labels of at most 63");
        assertRefused(() -> Host.of("a.".repeat(127) + "org")).contains("give at most 253");
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, true",
        "*, a.b, true",
        "*.b, *, false",
        "*.b, a.b, true",
        "*.b, x.a.b, true",
        "*.b, *.a.b, true",
        "*.a.b, *.b, false",
        "*.b, b, false",
        "*.b, ab, false",
        "a.b, a.b, true",
        "a.b, *.b, false",
        "*.b, *.b, true"
    })
    void covers_hosts_as_istio_does(String listener, String route, boolean covered) {
        assertThat(Host.of(listener).covers(Host.of(route))).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.200", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::", "::ffff:1.2.3.4"})
    void takes_addresses_of_both_families(String address) {
        assertThat(IpAddress.of(address)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.168.1",
                "192.168.1.256",
                "192.168.01.1",
                "1.2.3.4.5",
                ":::",
                "1::2::3",
                "g::1",
                ":",
                "fe80::1%eth0",
                "example.org"
            })
    void refuses_what_is_no_address(String address) {
        assertRefused(() -> IpAddress.of(address)).contains("; give ");
    }

    @Test
    void orders_addresses_by_number() {
        assertThat(IpAddress.of("192.168.1.9")).isLessThan(IpAddress.of("192.168.1.10"));
        assertThat(IpAddress.of("255.255.255.255")).isLessThan(IpAddress.of("::1"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.200/32, 192.168.1.200, true",
        "192.168.1.200/32, 192.168.1.201, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false"
    })
    void knows_which_addresses_a_block_contains(String block, String address, boolean contained) {
        assertThat(Cidr.of(block).contains(IpAddress.of(address))).isEqualTo(contained);
        assertThat(AddressRange.of(block).contains(IpAddress.of(address))).isEqualTo(contained);
    }

    @Test
    void knows_which_blocks_a_block_contains() {
        assertThat(Cidr.of("10.0.0.0/8").contains(Cidr.of("10.1.0.0/16"))).isTrue();
        assertThat(Cidr.of("10.1.0.0/16").contains(Cidr.of("10.0.0.0/8"))).isFalse();
    }

    @Test
    void knows_addresses_that_no_client_from_the_internet_has() {
        assertThat(Stream.of("192.168.1.0/24", "10.1.2.3/32", "172.31.0.0/16", "100.64.0.0/10", "fd00::/8", "::1/128")
                        .map(Cidr::of))
                .allMatch(Cidr::isPrivate);
        assertThat(Stream.of("192.168.0.0/15", "203.0.113.0/24", "172.32.0.0/16", "0.0.0.0/0", "2001:db8::/32")
                        .map(Cidr::of))
                .noneMatch(Cidr::isPrivate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0 | give a block such as 10.0.0.0/8",
                "10.0.0.0/33 | give at most /32",
                "10.0.0.5/8 | give the first address of the block",
                "2001:db8::/129 | give at most /128",
                "10.0.0.300/8 | give four numbers"
            })
    void refuses_a_block_that_does_not_add_up(String block, String remedy) {
        assertRefused(() -> Cidr.of(block)).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.240, true",
        "192.168.1.250, true",
        "192.168.1.239, false",
        "192.168.1.251, false",
        "::1, false"
    })
    void knows_which_addresses_a_range_contains(String address, boolean contained) {
        assertThat(AddressRange.of("192.168.1.240-192.168.1.250").contains(IpAddress.of(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.168.1.250-192.168.1.240 | give the lower address",
                "192.168.1.1-::1 | give the lower address",
                "192.168.1.1 | give addresses such as",
                "192.168.1.1-x | give addresses such as",
                "10.0.0.5/8 | give the first address of the block"
            })
    void refuses_a_range_that_does_not_add_up(String range, String remedy) {
        assertRefused(() -> AddressRange.of(range)).contains(remedy);
    }

    @Test
    void writes_blocks_ranges_and_days_as_they_were_given() {
        assertThat(Cidr.of("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(AddressRange.of("10.0.0.1-10.0.0.9")).hasToString("10.0.0.1-10.0.0.9");
        assertThat(Day.of("2027-03-31")).hasToString("2027-03-31");
        assertThat(Host.of("*.example.org").dashed()).isEqualTo("any-example-org");
        assertThat(Host.of("a.example.org").dashed()).isEqualTo("a-example-org");
    }

    @Test
    void a_range_may_be_one_address() {
        assertThat(AddressRange.of("10.0.0.1-10.0.0.1").contains(IpAddress.of("10.0.0.1")))
                .isTrue();
    }

    @Test
    void orders_blocks_by_address_and_then_the_wider_first() {
        assertThat(Cidr.of("10.0.0.0/8")).isLessThan(Cidr.of("11.0.0.0/8")).isLessThan(Cidr.of("10.0.0.0/16"));
        assertThat(Cidr.of("10.0.0.0/8").contains(Cidr.of("10.0.0.0/8"))).isTrue();
    }
}
