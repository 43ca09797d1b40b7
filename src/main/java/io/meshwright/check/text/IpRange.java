package io.meshwright.check.text;

import com.google.re2j.Pattern;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.math.BigInteger;
import java.util.Optional;

/** A block of addresses as Go's net/netip reads it, with or without bits behind its prefix. */
public record IpRange(IpAddress address, int prefix) {
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    public static Optional<IpRange> of(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || !PREFIX.matches(text.substring(slash + 1))) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash))
                .filter(address -> prefix <= address.bits())
                .map(address -> new IpRange(address, prefix));
    }

    /** A single address. */
    public static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.of(text));
        } catch (InvalidValue none) {
            return Optional.empty();
        }
    }

    public boolean contains(IpAddress other) {
        return other.bits() == address.bits() && masked(other.number()).equals(masked(address.number()));
    }

    public boolean contains(IpRange other) {
        return other.prefix >= prefix && contains(other.address);
    }

    /** The block itself, however it is written. */
    public String block() {
        return "%s/%d of %d".formatted(masked(address.number()), prefix, address.bits());
    }

    private BigInteger masked(BigInteger number) {
        return number.shiftRight(address.bits() - prefix);
    }
}
