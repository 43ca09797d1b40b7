package io.meshwright.mesh.route;

import io.meshwright.mesh.terms.HostName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts of one port of a proxy, most specific first. */
public final class RouteTable {
    private final List<VirtualHost> hosts;
    private final Map<String, VirtualHost> exact = new HashMap<>();
    private final List<VirtualHost> wildcards;

    public RouteTable(List<VirtualHost> hosts) {
        this.hosts = hosts.stream()
                .sorted(Comparator.comparing(VirtualHost::domain, HostName.MOST_SPECIFIC_FIRST))
                .toList();
        this.hosts.forEach(host -> exact.putIfAbsent(host.domain(), host));
        this.wildcards = this.hosts.stream()
                .filter(host -> HostName.isWildcard(host.domain()))
                .toList();
    }

    public List<VirtualHost> hosts() {
        return hosts;
    }

    /**
     * The virtual host under whose name istiod keeps one: hosts whose routes are the same are one, called by the most
     * specific (collapseDuplicateRoutes).
     */
    public VirtualHost named(VirtualHost host) {
        return hosts.stream()
                .filter(other -> other == host
                        || other.redirectsToHttps() == host.redirectsToHttps()
                                && other.routes().equals(host.routes()))
                .findFirst()
                .orElse(host);
    }

    /**
     * The virtual host for a Host header without port: by domain alone, so that a miss in its routes falls back to no
     * other.
     */
    public Optional<VirtualHost> find(String host) {
        return Optional.ofNullable(exact.get(host))
                .or(() -> wildcards.stream()
                        .filter(candidate -> HostName.within(host, candidate.domain()))
                        .findFirst());
    }
}
