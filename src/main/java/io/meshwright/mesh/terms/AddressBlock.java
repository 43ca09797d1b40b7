package io.meshwright.mesh.terms;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.Optional;

/** Blocks of addresses as policies write them: an address alone, or with a prefix whose free bits need not be zero. */
public final class AddressBlock {
    private AddressBlock() {}

    /** True if the address lies in the block; no when either is none. */
    public static boolean contains(String block, String address) {
        int slash = block.indexOf('/');
        Optional<IpAddress> first = parse(slash < 0 ? block : block.substring(0, slash));
        Optional<IpAddress> candidate = parse(address);
        if (first.isEmpty()
                || candidate.isEmpty()
                || first.get().bits() != candidate.get().bits()) {
            return false;
        }
        int bits = first.get().bits();
        int prefix = slash < 0 ? bits : prefix(block.substring(slash + 1), bits);
        return prefix >= 0
                && first.get()
                        .number()
                        .shiftRight(bits - prefix)
                        .equals(candidate.get().number().shiftRight(bits - prefix));
    }

    /** True if it is a block of more than one address, or the address that stands for all. */
    public static boolean holdsSeveral(String block) {
        int slash = block.indexOf('/');
        Optional<IpAddress> first = parse(slash < 0 ? block : block.substring(0, slash));
        return first.filter(address -> slash < 0
                        ? address.number().signum() == 0
                        : prefix(block.substring(slash + 1), address.bits()) < address.bits())
                .isPresent();
    }

    private static int prefix(String text, int bits) {
        boolean number = !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        int prefix = number ? Integer.parseInt(text) : -1;
        return prefix <= bits ? prefix : -1;
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.of(text));
        } catch (InvalidValue none) {
            return Optional.empty();
        }
    }
}
