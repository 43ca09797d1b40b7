package io.meshwright.mesh.gateway;

import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.route.VirtualServices;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One name by which a TLS connection chooses its way at a gateway: a host of a server that ends TLS, or a name of a
 * VirtualService's entry for a server that passes TLS on (core/gateway.go, createGatewayTCPFilterChainOpts).
 */
public record SniChain(String host, Server server, Optional<ConnectionRoute> route) {
    /** The entry or the server that has the name. */
    public Source source() {
        return route.map(ConnectionRoute::source).orElse(server.source());
    }

    /** All of a listener's, in the order in which istiod makes them. */
    public static List<SniChain> of(VirtualServices services, Pod gateway, IstioVersion version, Listener listener) {
        List<SniChain> chains = new ArrayList<>();
        Set<String> passed = new TreeSet<>();
        for (Server server : listener.servers()) {
            if (server.tls().mode().equals("PASSTHROUGH") && server.isTls()) {
                passing(services, gateway, server, passed, chains);
            } else if (server.isTls() && (server.isHttp() || carries(services, gateway, version, server))) {
                server.hostNames().forEach(host -> chains.add(new SniChain(host, server, Optional.empty())));
            }
        }
        return chains;
    }

    private static Stream<VirtualService> served(VirtualServices services, Pod gateway, Server server) {
        return services.visible(server.gateway(), gateway.namespace()).stream()
                .filter(service -> !server.served(
                                service.hosts(), service.manifest().home())
                        .isEmpty());
    }

    /**
     * True if a server that ends TLS of bytes has a route for them; without one istiod makes no chain for its hosts.
     */
    private static boolean carries(VirtualServices services, Pod gateway, IstioVersion version, Server server) {
        return server.isPassthrough()
                || served(services, gateway, server)
                        .anyMatch(service -> services.connections(service, "tcp").stream()
                                        .anyMatch(route -> !route.fitsAt(server.gateway(), server.port(), "")
                                                .isNo())
                                || version.endsTlsForTlsRoutes()
                                        && services.connections(service, "tls").stream()
                                                .anyMatch(
                                                        route -> route.takesEndedTls(server.gateway(), server.port())));
    }

    /** A match with one name that an earlier one has is left out whole. */
    private static void passing(
            VirtualServices services, Pod gateway, Server server, Set<String> passed, List<SniChain> chains) {
        served(services, gateway, server)
                .flatMap(service -> services.connections(service, "tls").stream())
                .forEach(route -> route.namesAt(server.gateway(), server.port()).stream()
                        .filter(names -> names.stream().noneMatch(passed::contains))
                        .forEach(names -> {
                            passed.addAll(names);
                            names.forEach(name -> chains.add(new SniChain(name, server, Optional.of(route))));
                        }));
    }

    /** The entries of VirtualServices that show a chain's name to the same server. */
    public static Stream<ConnectionRoute> rivals(VirtualServices services, Pod gateway, SniChain chain) {
        Server server = chain.server();
        return served(services, gateway, server)
                .flatMap(service -> services.connections(service, "tls").stream())
                .filter(route -> route.namesAt(server.gateway(), server.port()).stream()
                        .anyMatch(names -> names.contains(chain.host())));
    }

    /** Those that fit a name indication best, which have one name; empty for none. */
    public static List<SniChain> best(List<SniChain> chains, String sni) {
        List<SniChain> fitting = chains.stream()
                .filter(chain -> sni.isEmpty() ? chain.host().equals("*") : HostName.within(sni, chain.host()))
                .sorted(Comparator.comparing(SniChain::host, HostName.MOST_SPECIFIC_FIRST))
                .toList();
        return named(fitting, fitting.isEmpty() ? "" : fitting.get(0).host());
    }

    /** The first ones of one name, for which Envoy refuses the listener; empty where each name has one chain. */
    public static List<SniChain> twice(List<SniChain> chains) {
        return chains.stream()
                .map(chain -> named(chains, chain.host()))
                .filter(same -> same.size() > 1)
                .findFirst()
                .orElse(List.of());
    }

    private static List<SniChain> named(List<SniChain> chains, String host) {
        return chains.stream().filter(chain -> chain.host().equals(host)).toList();
    }
}
