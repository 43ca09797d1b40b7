package io.meshwright.value;

/**
 * Addresses that MetalLB may give out: a block by prefix length, or the first and the last address with a dash between.
 */
@Doc("Addresses such as 192.168.1.200/32 or 192.168.1.240-192.168.1.250.")
public record AddressRange(
        @Matches(
                regex = "[0-9a-fA-F:.]+(/[0-9]{1,3}|-[0-9a-fA-F:.]+)",
                max = 91,
                says = "addresses such as 192.168.1.200/32 or 192.168.1.240-192.168.1.250")
        String value) {
    public AddressRange {
        Bounds.check(AddressRange.class, value);
        if (isBlock(value)) {
            Cidr.of(value);
        } else {
            IpAddress from = end(value, true);
            IpAddress to = end(value, false);
            Require.that(
                    from.bits() == to.bits() && from.compareTo(to) <= 0,
                    "",
                    "%s does not go upwards".formatted(Plain.quoted(value)),
                    "give the lower address of the same family first");
        }
    }

    public static AddressRange of(String value) {
        return new AddressRange(value);
    }

    public boolean contains(IpAddress address) {
        if (isBlock(value)) {
            return Cidr.of(value).contains(address);
        }
        IpAddress from = end(value, true);
        return address.bits() == from.bits()
                && from.compareTo(address) <= 0
                && address.compareTo(end(value, false)) <= 0;
    }

    private static boolean isBlock(String text) {
        return text.indexOf('/') >= 0;
    }

    private static IpAddress end(String text, boolean first) {
        int dash = text.indexOf('-');
        return IpAddress.of(first ? text.substring(0, dash) : text.substring(dash + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
