package io.meshwright.value;

import java.math.BigInteger;
import java.util.List;

/** A block of IPv4 or IPv6 addresses by prefix length. */
@Doc("Block of addresses such as 10.0.0.0/8 or 2001:db8::/32.")
public record Cidr(
        @Matches(regex = "[0-9a-fA-F:.]+/[0-9]{1,3}", max = 49, says = "a block such as 10.0.0.0/8 or 2001:db8::/32")
        String value)
        implements Comparable<Cidr> {
    private static final List<String> PRIVATE = List.of(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "fc00::/7",
            "fe80::/10",
            "::1/128");

    public Cidr {
        Bounds.check(Cidr.class, value);
        IpAddress address = address(value);
        int prefix = prefix(value);
        Require.that(
                prefix <= address.bits(),
                "",
                "%s has a prefix longer than the address".formatted(Plain.quoted(value)),
                "give at most /%d".formatted(address.bits()));
        Require.that(
                address.number().equals(masked(address, prefix)),
                "",
                "%s has address bits behind its prefix".formatted(Plain.quoted(value)),
                "give the first address of the block, or the longest prefix /%d for one address"
                        .formatted(address.bits()));
    }

    public static Cidr of(String value) {
        return new Cidr(value);
    }

    public IpAddress first() {
        return address(value);
    }

    /** Number of leading bits that all addresses of the block share. */
    public int prefix() {
        return prefix(value);
    }

    public boolean contains(IpAddress address) {
        return address.bits() == first().bits() && masked(address, prefix()).equals(first().number());
    }

    public boolean contains(Cidr other) {
        return other.prefix() >= prefix() && contains(other.first());
    }

    /** True if no address of the block is ever one of a client from the internet (RFC 1918, 6598, 3927, 4193, 4291). */
    public boolean isPrivate() {
        return PRIVATE.stream().map(Cidr::of).anyMatch(block -> block.contains(this));
    }

    private static IpAddress address(String text) {
        return IpAddress.of(text.substring(0, text.indexOf('/')));
    }

    private static int prefix(String text) {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    private static BigInteger masked(IpAddress address, int prefix) {
        int free = address.bits() - prefix;
        return address.number().shiftRight(free).shiftLeft(free);
    }

    @Override
    public int compareTo(Cidr other) {
        int order = first().compareTo(other.first());
        return order != 0 ? order : Integer.compare(prefix(), other.prefix());
    }

    @Override
    public String toString() {
        return value;
    }
}
