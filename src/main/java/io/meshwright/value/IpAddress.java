package io.meshwright.value;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** One IPv4 or IPv6 address. */
@Doc("IPv4 or IPv6 address such as 192.168.1.200.")
public record IpAddress(
        @Matches(
                regex = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*",
                max = 45,
                says = "an address such as 192.168.1.200 or 2001:db8::1")
        String value)
        implements Comparable<IpAddress> {
    private static final int BYTE = 256;

    public IpAddress {
        Bounds.check(IpAddress.class, value);
        parse(value);
    }

    public static IpAddress of(String value) {
        return new IpAddress(value);
    }

    public boolean isIpv6() {
        return value.indexOf(':') >= 0;
    }

    /** Width of the family's addresses in bits: 32 or 128. */
    public int bits() {
        return isIpv6() ? 128 : 32;
    }

    /** The address as a number, by which addresses of one family are ordered. */
    public BigInteger number() {
        return parse(value);
    }

    /** IPv4 before IPv6, then by number. */
    @Override
    public int compareTo(IpAddress other) {
        int family = Integer.compare(bits(), other.bits());
        return family != 0 ? family : number().compareTo(other.number());
    }

    private static BigInteger parse(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    }

    private static BigInteger ipv4(String text) {
        BigInteger number = BigInteger.ZERO;
        for (String part : text.split("\\.")) {
            boolean leadingZero = part.length() > 1 && part.startsWith("0");
            if (Integer.parseInt(part) >= BYTE || leadingZero) {
                throw invalid(text, "give four numbers from 0 to 255 without leading zeros");
            }
            number = number.shiftLeft(Byte.SIZE).or(BigInteger.valueOf(Integer.parseInt(part)));
        }
        return number;
    }

    // A text with a colon is never looked up in the DNS: InetAddress takes it as a literal or refuses it.
    private static BigInteger ipv6(String text) {
        try {
            return new BigInteger(1, InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            throw invalid(text, "give an IPv6 address such as 2001:db8::1");
        }
    }

    private static InvalidValue invalid(String text, String remedy) {
        return new InvalidValue("", "%s is not valid".formatted(Plain.quoted(text)), remedy);
    }

    @Override
    public String toString() {
        return value;
    }
}
