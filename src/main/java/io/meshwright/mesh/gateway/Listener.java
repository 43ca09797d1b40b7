package io.meshwright.mesh.gateway;

import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A port on which a gateway pod listens, with the servers of all Gateways that share it, and those that found no room.
 */
public record Listener(int port, String bind, List<Server> servers, List<Dropped> dropped) {
    /** A server that istiod leaves out, and the one that was there before it. */
    public record Dropped(Server server, Server kept, String why) {
        /** Tells whether the order depends on the age of two Gateways, which manifests do not tell. */
        public boolean dependsOnCreationOrder() {
            return server.source().manifest() != kept.source().manifest()
                    && !Age.isTold(server.source().manifest(), kept.source().manifest());
        }
    }

    public boolean isTls() {
        return servers.stream().anyMatch(Server::isTls);
    }

    /**
     * The TLS server for a server name indication, empty for none: the exact host, else the longest wildcard; empty if
     * the connection is closed.
     */
    public Optional<Server> bySni(String sni) {
        return servers.stream()
                .filter(Server::isTls)
                .flatMap(server -> server.hostNames().stream()
                        .filter(host -> fits(sni, host))
                        .map(host -> new Candidate(server, host)))
                .min(Comparator.comparing(Candidate::host, HostName.MOST_SPECIFIC_FIRST))
                .map(Candidate::server);
    }

    private record Candidate(Server server, String host) {}

    private static boolean fits(String sni, String host) {
        return sni.isEmpty() ? host.equals("*") : HostName.within(sni, host);
    }
}
