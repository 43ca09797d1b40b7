package io.meshwright.value.security;

import io.meshwright.value.Bounds;
import io.meshwright.value.Cidr;
import io.meshwright.value.Doc;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Matches;
import java.util.Collection;
import java.util.List;

/** Addresses of clients: one, a block, or a set that its owner publishes under a name. */
@Doc("An address, a block such as 203.0.113.0/24, or cloudflare for the blocks that Cloudflare publishes.")
public record AddressSet(
        @Matches(
                regex = "cloudflare|[0-9a-fA-F:.]+(/[0-9]{1,3})?",
                max = 49,
                says = "an address, a block such as 203.0.113.0/24, or cloudflare")
        String value) {
    private static final String CLOUDFLARE = "cloudflare";

    public AddressSet {
        Bounds.check(AddressSet.class, value);
        blocks(value);
    }

    public static AddressSet of(String value) {
        return new AddressSet(value);
    }

    /** The addresses from which Cloudflare speaks to an origin. */
    public static AddressSet cloudflare() {
        return new AddressSet(CLOUDFLARE);
    }

    public List<Cidr> blocks() {
        return blocks(value);
    }

    /** The blocks of several sets, each once, IPv4 before IPv6, in order. */
    public static List<Cidr> blocks(Collection<AddressSet> sets) {
        return sets.stream()
                .flatMap(set -> set.blocks().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The same without IPv6: what a load balancer with IPv4 addresses only takes as its list of admitted clients, such
     * as AKS in {@code azure-allowed-ip-ranges}.
     */
    public static List<Cidr> ipv4Blocks(Collection<AddressSet> sets) {
        return blocks(sets).stream().filter(block -> !block.first().isIpv6()).toList();
    }

    private static List<Cidr> blocks(String text) {
        if (text.equals(CLOUDFLARE)) {
            return CloudflareRanges.blocks();
        }
        return List.of(text.indexOf('/') >= 0 ? Cidr.of(text) : single(IpAddress.of(text)));
    }

    private static Cidr single(IpAddress address) {
        return Cidr.of("%s/%d".formatted(address, address.bits()));
    }

    @Override
    public String toString() {
        return value;
    }
}
