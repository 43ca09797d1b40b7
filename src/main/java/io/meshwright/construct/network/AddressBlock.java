package io.meshwright.construct.network;

import io.meshwright.value.Cidr;
import io.meshwright.value.Require;
import java.util.List;

/**
 * Addresses that a NetworkPolicy admits; IPv4 where they are ours, because not every network plugin takes blocks of
 * IPv6.
 *
 * @param except parts of {@code cidr} that are left out
 */
public record AddressBlock(Cidr cidr, List<Cidr> except) {
    /** Every address, inside and outside the cluster. */
    public static final AddressBlock ANYWHERE = of(Cidr.of("0.0.0.0/0"));

    /**
     * The internet: every address but private, shared and link-local ones, among which is the cloud's metadata service
     * (RFC 1918, 6598, 3927).
     */
    public static final AddressBlock INTERNET = new AddressBlock(
            Cidr.of("0.0.0.0/0"),
            List.of(
                    Cidr.of("10.0.0.0/8"),
                    Cidr.of("100.64.0.0/10"),
                    Cidr.of("169.254.0.0/16"),
                    Cidr.of("172.16.0.0/12"),
                    Cidr.of("192.168.0.0/16")));

    public AddressBlock {
        Require.present("cidr", cidr);
        except = List.copyOf(Require.present("except", except));
    }

    public static AddressBlock of(Cidr cidr) {
        return new AddressBlock(cidr, List.of());
    }
}
