package io.meshwright.value.security;

import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.List;
import java.util.Optional;

/**
 * The protection of one environment, as facts that a page can show.
 *
 * @param environment its name
 * @param inside hosts that nobody opens through the edge, although it stands before them
 * @param connections who would speak to whom and how, declared or not
 * @param platform calls that nobody declares because the platform itself makes them
 */
public record Posture(
        String environment,
        List<Exposed> exposed,
        List<Inside> inside,
        List<Connection> connections,
        List<Connection> platform,
        List<MtlsPlan.Exemption> exemptions,
        List<Admission> admissions,
        List<Outbound> outbound) {
    public Posture {
        Require.notBlank("environment", environment);
        exposed = List.copyOf(exposed);
        inside = List.copyOf(inside);
        connections = List.copyOf(connections);
        platform = List.copyOf(platform);
        exemptions = List.copyOf(exemptions);
        admissions = List.copyOf(admissions);
        outbound = List.copyOf(outbound);
    }

    /** True if somebody declared that the client may call the server there. */
    public boolean isDeclared(Connection connection) {
        return admissions.stream().anyMatch(admission -> admission.connections().contains(connection));
    }

    /**
     * A host that the internet reaches.
     *
     * @param listener port and protocol, such as {@code 443 HTTPS (SIMPLE)}
     * @param restricted who reaches it, or some of its paths; empty: everybody
     * @param tokens what requests must carry
     * @param asked who else decides; empty: nobody
     */
    public record Exposed(
            Host host, String listener, List<Restricted> restricted, List<Jwt> tokens, Optional<Asked> asked) {
        public Exposed {
            restricted = List.copyOf(restricted);
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * A host that admits private addresses alone, which no visitor has whom the edge reports.
     *
     * @param edge who stands before the gateway
     * @param address where the network of these addresses reaches the gateway itself; empty where it cannot
     */
    public record Inside(Host host, List<AddressSet> from, String edge, Optional<IpAddress> address) {
        public Inside {
            from = List.copyOf(from);
        }
    }

    /** Paths that only some addresses reach. */
    public record Restricted(List<PathPattern> paths, List<AddressSet> from) {
        public Restricted {
            paths = List.copyOf(paths);
            from = List.copyOf(from);
        }
    }

    /**
     * Somebody who is asked about requests.
     *
     * @param protectedPaths about which it is asked; empty: all
     * @param publicPaths among them about which it is not
     * @param failOpen why requests pass while it cannot be asked; empty: they are refused
     */
    public record Asked(
            Name authorizer,
            List<PathPattern> protectedPaths,
            List<PathPattern> publicPaths,
            Optional<String> failOpen) {
        public Asked {
            protectedPaths = List.copyOf(protectedPaths);
            publicPaths = List.copyOf(publicPaths);
        }
    }

    /** A host outside that services may call. */
    public record Outbound(Name name, ExternalService service, List<Party> clients) {
        public Outbound {
            clients = List.copyOf(clients);
        }
    }
}
