package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
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
 * VirtualService's entry for a server that passes TLS on (buildGatewayNetworkFiltersFromTLSRoutes).
 */
record SniChain(String host, Server server, Optional<ConnectionRoute> route) {
    /** All of a listener's, in the order in which istiod makes them. */
    static List<SniChain> of(Mesh mesh, Pod gateway, Listener listener) {
        List<SniChain> chains = new ArrayList<>();
        Set<String> passed = new TreeSet<>();
        for (Server server : listener.servers()) {
            if (server.tls().mode().equals("PASSTHROUGH") && server.isTls()) {
                passing(mesh, gateway, server, passed, chains);
            } else if (server.isTls()) {
                server.hostNames().forEach(host -> chains.add(new SniChain(host, server, Optional.empty())));
            }
        }
        return chains;
    }

    /** A match with one name that an earlier one has is left out whole. */
    private static void passing(Mesh mesh, Pod gateway, Server server, Set<String> passed, List<SniChain> chains) {
        for (VirtualService service : mesh.virtualServices().visible(server.gateway(), gateway.namespace())) {
            if (!server.served(service.hosts(), service.manifest().home()).isEmpty()) {
                mesh.virtualServices()
                        .connections(service, "tls")
                        .forEach(route -> route.namesAt(server.gateway(), server.port()).stream()
                                .filter(names -> names.stream().noneMatch(passed::contains))
                                .forEach(names -> {
                                    passed.addAll(names);
                                    names.forEach(name -> chains.add(new SniChain(name, server, Optional.of(route))));
                                }));
            }
        }
    }

    /** The entries of VirtualServices that show a chain's name to the same server. */
    static Stream<ConnectionRoute> rivals(Mesh mesh, Pod gateway, SniChain chain) {
        Server server = chain.server();
        return mesh.virtualServices().visible(server.gateway(), gateway.namespace()).stream()
                .filter(service -> !server.served(
                                service.hosts(), service.manifest().home())
                        .isEmpty())
                .flatMap(service -> mesh.virtualServices().connections(service, "tls").stream())
                .filter(route -> route.namesAt(server.gateway(), server.port()).stream()
                        .anyMatch(names -> names.contains(chain.host())));
    }

    /** Those that fit a name indication best, empty for none; more than one is more than Envoy takes. */
    static List<SniChain> best(List<SniChain> chains, String sni) {
        List<SniChain> fitting = chains.stream()
                .filter(chain -> sni.isEmpty() ? chain.host().equals("*") : HostName.within(sni, chain.host()))
                .sorted(Comparator.comparing(SniChain::host, HostName.MOST_SPECIFIC_FIRST))
                .toList();
        return fitting.stream()
                .filter(chain -> chain.host().equals(fitting.get(0).host()))
                .toList();
    }
}
