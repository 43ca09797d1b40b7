package io.meshwright.check.cel;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An address as expressions know it: two spellings of one address are equal. */
record Ip(int bits, BigInteger number) {
    private static final int V4 = 32;
    private static final int GROUPS = 8;
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    /** Empty also for IPv4 in the clothes of IPv6, which Kubernetes does not take. */
    static Optional<Ip> of(String text) {
        try {
            IpAddress address = IpAddress.of(text);
            BigInteger number = address.number();
            // Java gives such an address back as IPv4.
            boolean mapped = address.isIpv6()
                    && (text.indexOf('.') >= 0
                            || number.shiftRight(V4).equals(MAPPED)
                            || number.bitLength() <= V4
                                    && text.toLowerCase(Locale.ROOT).contains("ffff:"));
            return mapped ? Optional.empty() : Optional.of(new Ip(address.bits(), number));
        } catch (InvalidValue none) {
            return Optional.empty();
        }
    }

    boolean isV4() {
        return bits == V4;
    }

    /** True if the first bits of the address are those of another. */
    private boolean begins(String prefix, int length) {
        Ip other = of(prefix).orElseThrow();
        return other.bits == bits && number.shiftRight(bits - length).equals(other.number.shiftRight(bits - length));
    }

    boolean isUnspecified() {
        return number.signum() == 0;
    }

    boolean isLoopback() {
        return isV4() ? begins("127.0.0.0", 8) : number.equals(BigInteger.ONE);
    }

    boolean isMulticast() {
        return isV4() ? begins("224.0.0.0", 4) : begins("ff00::", 8);
    }

    boolean isLinkLocalMulticast() {
        return isV4()
                ? begins("224.0.0.0", 24)
                : isMulticast() && number.shiftRight(112).intValue() % 16 == 2;
    }

    boolean isLinkLocalUnicast() {
        return isV4() ? begins("169.254.0.0", 16) : begins("fe80::", 10);
    }

    boolean isGlobalUnicast() {
        boolean broadcast = isV4() && number.bitCount() == V4;
        return !isUnspecified() && !broadcast && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /** The one way to write it: IPv6 in the form of RFC 5952. */
    @Override
    public String toString() {
        if (isV4()) {
            int value = number.intValue();
            return "%d.%d.%d.%d".formatted(value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255);
        }
        List<String> groups = new ArrayList<>();
        for (int group = GROUPS - 1; group >= 0; group--) {
            groups.add(Integer.toHexString(number.shiftRight(16 * group).intValue() & 0xffff));
        }
        int length = GROUPS;
        while (length > 1) {
            for (int start = 0; start + length <= GROUPS; start++) {
                if (groups.subList(start, start + length).stream().allMatch("0"::equals)) {
                    return "%s::%s"
                            .formatted(
                                    String.join(":", groups.subList(0, start)),
                                    String.join(":", groups.subList(start + length, GROUPS)));
                }
            }
            length--;
        }
        return String.join(":", groups);
    }
}
