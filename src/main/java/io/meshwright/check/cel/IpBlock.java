package io.meshwright.check.cel;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of addresses as expressions know it, with the address as written. */
record IpBlock(Ip ip, int prefix) {
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    static Optional<IpBlock> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return Ip.of(text.substring(0, slash)).filter(ip -> prefix <= ip.bits()).map(ip -> new IpBlock(ip, prefix));
    }

    boolean contains(Ip other) {
        return other.bits() == ip.bits() && first(other.number()).equals(first(ip.number()));
    }

    boolean contains(IpBlock other) {
        return other.prefix >= prefix && contains(other.ip);
    }

    IpBlock masked() {
        return new IpBlock(new Ip(ip.bits(), first(ip.number())), prefix);
    }

    private BigInteger first(BigInteger number) {
        return number.shiftRight(ip.bits() - prefix).shiftLeft(ip.bits() - prefix);
    }

    @Override
    public String toString() {
        return "%s/%d".formatted(ip, prefix);
    }
}
