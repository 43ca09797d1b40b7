package io.meshwright.mesh.route;

import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.mesh.workload.Services;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clusters that destinations of routes name to proxies (pilot/pkg/networking/core/route GetDestinationCluster). */
public final class OutboundClusters {
    private final Services services;

    public OutboundClusters(Services services) {
        this.services = services;
    }

    /**
     * The end to which a destination leads: {@code host} and {@code number} are what the proxy asks its clusters for,
     * {@code service} is empty where no service has the host, {@code alias} is the ExternalName Service that stands for
     * it, and {@code why} says in a clause why there is no cluster, or is empty.
     */
    public record Target(String host, Optional<Service> service, int number, Optional<Service> alias, String why) {
        /** The port of the service, if the proxy has a cluster for it. */
        public Optional<ServicePort> port() {
            return why.isEmpty() ? service.flatMap(found -> found.port(number)) : Optional.empty();
        }

        /** The objects that say so, the ExternalName Service first. */
        public List<Source> sources() {
            return Stream.concat(alias.stream(), service.stream())
                    .map(Service::source)
                    .toList();
        }

        private Target saying(String reason) {
            return new Target(host, service, number, alias, reason);
        }
    }

    /**
     * Returns where a destination leads for the proxies of a namespace; {@code listenerPort} is the port that was
     * called, and {@code byCalledPort} says that the proxy is a sidecar which reads HTTP, and so looks services up
     * among those of that port alone (buildSidecarOutboundVirtualHosts).
     */
    public Target of(Destination destination, String namespace, int listenerPort, boolean byCalledPort) {
        String host = services.host(destination.host(), destination.namespace());
        Optional<Service> named = find(host, namespace, destination.port());
        if (named.isEmpty()) {
            return new Target(host, named, 0, Optional.empty(), unknown(host, namespace));
        }
        int number = byCalledPort ? destination.portOnMesh(listenerPort) : destination.port(named.get(), listenerPort);
        return named.get().alias().isPresent()
                ? behind(named.get(), namespace, number, byCalledPort ? Optional.of(listenerPort) : Optional.empty())
                : checked(new Target(host, named, number, Optional.empty(), ""));
    }

    /** An ExternalName Service has no cluster, so a proxy that finds it asks for the one whose name it gives. */
    private Target behind(Service alias, String namespace, int number, Optional<Integer> calledPort) {
        if (calledPort.filter(port -> alias.port(port).isEmpty()).isPresent()) {
            return new Target(
                    alias.host(),
                    Optional.empty(),
                    number,
                    Optional.of(alias),
                    "ExternalName Service %s has no port %d, under which alone a sidecar looks it up, and no cluster"
                            .formatted(alias, calledPort.get()));
        }
        String host = alias.alias().orElseThrow();
        Optional<Service> found = find(host, namespace, Optional.of(number));
        Target target = new Target(host, found, number, Optional.of(alias), "");
        if (found.isEmpty()) {
            return target.saying("no service %s, for which %s stands".formatted(host, alias));
        }
        return found.get().alias().isPresent()
                ? target.saying("%s stands for %s, which is an ExternalName Service itself and has no cluster"
                        .formatted(alias, host))
                : checked(target);
    }

    private static Target checked(Target target) {
        return target.port().isPresent()
                ? target
                : target.saying("no port %d of %s".formatted(target.number(), target.host()));
    }

    /** Clusters are called as their service is: one that has a wildcard stands for no name below it. */
    private Optional<Service> find(String host, String namespace, Optional<Integer> port) {
        List<Service> visible = Stream.concat(
                        services.visible(host, namespace).stream(),
                        // Of its own namespace a proxy has those too that are exported to others alone
                        // (collectImportedServices).
                        services.of(host).stream()
                                .filter(service -> service.namespace().equals(namespace)))
                .toList();
        return visible.stream()
                .filter(service -> port.flatMap(service::port).isPresent())
                .findFirst()
                .or(() -> visible.stream().findFirst());
    }

    private String unknown(String host, String namespace) {
        return services.find(host, namespace)
                .map(wide -> "no cluster %s, that of %s is called %s"
                        .formatted(host, wide.source().manifest(), wide.host()))
                .orElseGet(() -> "no service %s".formatted(host));
    }
}
