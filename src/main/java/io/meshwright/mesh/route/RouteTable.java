package io.meshwright.mesh.route;

import io.meshwright.mesh.terms.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The hosts of one port of a proxy, most specific first. */
public record RouteTable(List<VirtualHost> hosts) {
    public RouteTable {
        hosts = hosts.stream()
                .sorted(Comparator.comparing(VirtualHost::domain, HostName.MOST_SPECIFIC_FIRST))
                .toList();
    }

    /**
     * The virtual host for a Host header without port: by domain alone, so that a miss in its routes falls back to no
     * other.
     */
    public Optional<VirtualHost> find(String host) {
        return hosts.stream()
                .filter(candidate -> HostName.within(host, candidate.domain()))
                .findFirst();
    }
}
