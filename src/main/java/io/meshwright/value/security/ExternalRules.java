package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that every kind of external service makes of its keys. */
final class ExternalRules {
    private ExternalRules() {}

    static Host one(String key, Host host) {
        Require.that(
                !Require.present(key, host).isWildcard(),
                key,
                "\"%s\" is a wildcard".formatted(host),
                "give one name, which the DNS can answer");
        return host;
    }

    /** A proxy cannot look a wildcard up, so that an egress gateway would not know where to go. */
    static List<Host> several(List<Host> hosts, boolean egressGateway) {
        for (Host host : Require.notEmpty("hosts", hosts)) {
            Require.that(!host.equals(Host.of("*")), "hosts", "\"*\" is every host", "name the hosts that are called");
            Require.that(
                    !host.isWildcard() || !egressGateway,
                    "hosts",
                    "\"%s\" is a wildcard, for which an egress gateway has no address".formatted(host),
                    "name the hosts that are called, or remove egressGateway");
        }
        return List.copyOf(hosts);
    }

    /** Servers of one system, each of which clients call by the name that it has. */
    static List<Host> members(List<Host> hosts) {
        for (int i = 0; i < Require.notEmpty("hosts", hosts).size(); i++) {
            one("hosts[%d]".formatted(i), hosts.get(i));
        }
        return List.copyOf(hosts);
    }

    static Port port(@Nullable Port given, int usual) {
        return given == null ? Port.of(usual) : given;
    }

    static List<IpAddress> addresses(@Nullable List<IpAddress> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static List<Cidr> networks(@Nullable List<Cidr> networks) {
        return networks == null ? List.of() : List.copyOf(networks);
    }

    /** The blocks as given, or each address as a block of its own: both at once could not be true. */
    static List<Cidr> networks(List<IpAddress> addresses, @Nullable List<Cidr> networks) {
        List<Cidr> given = networks(networks);
        Require.that(
                addresses.isEmpty() || given.isEmpty(),
                "networks",
                "addresses says already where the host is",
                "keep one of the two");
        return addresses.isEmpty()
                ? given
                : addresses.stream()
                        .map(address -> Cidr.of("%s/%d".formatted(address, address.bits())))
                        .toList();
    }

    static boolean flag(@Nullable Boolean given) {
        return given != null && given;
    }
}
