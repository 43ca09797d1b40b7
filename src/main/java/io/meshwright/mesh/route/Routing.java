package io.meshwright.mesh.route;

import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.Sidecars;
import io.meshwright.mesh.route.VirtualServices.Claim;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.mesh.workload.Services;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The routes that VirtualServices make in sidecars and waypoints. */
public final class Routing {
    private static final int PORT_OF_UNKNOWN_HOSTS = 80;

    private final VirtualServices virtualServices;
    private final Services services;
    private final Sidecars sidecars;

    public Routing(VirtualServices virtualServices, Services services, Sidecars sidecars) {
        this.virtualServices = virtualServices;
        this.services = services;
        this.sidecars = sidecars;
    }

    /**
     * Finds the routes that VirtualServices make for a pod's calls to a host and port, as far as its sidecar heeds
     * them.
     */
    public Optional<VirtualHost> mesh(Pod client, String host, int port) {
        return deciding(client, host, port).findFirst().map(Decided::host);
    }

    /**
     * Finds the routes that VirtualServices make for a client's calls to a host and port; empty where none has a say,
     * and the service is called as it is. On the mesh they are not merged: the most specific host wins, among equals
     * the first.
     */
    public Optional<VirtualHost> mesh(Client client, String host, int port) {
        return deciding(client, host, port, service -> true, service -> true)
                .findFirst()
                .map(Decided::host);
    }

    /** A claim and the routes that it makes. */
    public record Decided(Claim claim, VirtualHost host) {}

    /** All that make routes for a pod's calls to a host and port, the one that counts first. */
    public Stream<Decided> deciding(Pod client, String host, int port) {
        return deciding(
                Client.of(client),
                host,
                port,
                service -> heeds(client, service, port),
                service -> sidecars.knows(client, service, port));
    }

    /**
     * One whose routes are all for other ports or callers leaves the host to the next
     * (buildSidecarVirtualHostsForVirtualService). A wildcard has a service only where nothing more specific claims it
     * (computeWildcardHostVirtualServiceIndex).
     */
    private Stream<Decided> deciding(
            Client client, String host, int port, Predicate<VirtualService> heeded, Predicate<Service> known) {
        List<Claim> claims = claims(client, host).stream()
                .filter(claim -> heeded.test(claim.service()))
                .toList();
        return claims.stream()
                .filter(claim -> claim == claims.get(0)
                        || !HostName.isWildcard(claim.host())
                        || services.find(host, client.namespace()).filter(known).isEmpty())
                .filter(claim -> !isForOthers(claim, client, host, known))
                .filter(claim -> isServed(claim, host, client.namespace(), port, known))
                .map(claim -> new Decided(claim, made(client, host, port, claim)))
                .filter(decided -> !decided.host().routes().isEmpty());
    }

    private VirtualHost made(Client client, String host, int port, Claim claim) {
        return new VirtualHost(
                host,
                virtualServices.entries(
                        claim.service(), match -> match.countsFor(client.namespace(), client.labels(), port)),
                false,
                List.of(claim.service()));
    }

    /**
     * A wildcard that covers services which the client knows is for them alone, and not for a host that the client does
     * not know (separateVSHostsAndServices).
     */
    private boolean isForOthers(Claim claim, Client client, String host, Predicate<Service> known) {
        if (!HostName.isWildcard(claim.host())
                || services.find(host, client.namespace()).filter(known).isPresent()) {
            return false;
        }
        return services.all().stream()
                .anyMatch(service -> HostName.within(service.host(), claim.host())
                        && service.export().reaches(client.namespace())
                        && known.test(service));
    }

    /**
     * Tells whether a VirtualService has a say on a port: if the called service has it, where it may speak HTTP. What
     * no service of that port is called, by its whole name, counts on port 80 and where a service that shares the
     * VirtualService may speak HTTP; routes of the Gateway API are for services of the port alone
     * (buildSidecarVirtualHostsForVirtualService).
     */
    private boolean isServed(Claim claim, String host, String clientNamespace, int port, Predicate<Service> known) {
        Optional<ServicePort> own =
                services.find(host, clientNamespace, port).filter(known).flatMap(service -> service.port(port));
        if (own.isPresent()) {
            return own.get().protocol().mayBeHttp();
        }
        boolean whole = services.find(host, clientNamespace).filter(known).isEmpty()
                || claim.host().equals(host);
        return whole
                && !claim.service().manifest().kind().isOfGatewayApi()
                && (port == PORT_OF_UNKNOWN_HOSTS
                        || claim.service().hosts().stream()
                                .flatMap(other -> services.find(other, clientNamespace, port).stream())
                                .filter(known)
                                .flatMap(service -> service.port(port).stream())
                                .anyMatch(shared -> shared.protocol().mayBeHttp()));
    }

    /** True if a pod's sidecar heeds a VirtualService for calls to a port. */
    public boolean heeds(Pod client, VirtualService service, int port) {
        return sidecars.heedsRoutes(client, service.manifest().home(), service.hosts(), port);
    }

    /** The same for connections to a service. */
    public boolean heeds(Pod client, VirtualService virtual, Service service, int port) {
        return sidecars.heedsConnections(client, virtual.manifest().home(), virtual.hosts(), service, port);
    }

    /** All that claim a host for a client's sidecar, the one that wins first. */
    public List<Claim> claims(Client client, String host) {
        return virtualServices.claims(host, client.namespace());
    }

    /** The VirtualServices that a waypoint heeds for the service that it serves, in their order. */
    public List<VirtualService> heededAtWaypoint(Pod waypoint, Service service) {
        return virtualServices.visible(VirtualService.MESH, waypoint.namespace()).stream()
                .filter(virtual -> List.of(waypoint.namespace(), service.namespace())
                        .contains(virtual.manifest().home()))
                .filter(virtual -> virtual.hosts().stream().anyMatch(host -> HostName.within(service.host(), host)))
                .toList();
    }

    /**
     * The routes of a waypoint for calls to the service that it serves, whatever the Host header says; empty where it
     * sends them on as they are (buildWaypointInboundHTTPRouteConfig).
     */
    public Optional<VirtualHost> waypoint(Pod waypoint, Service service, int port, IstioVersion version) {
        List<VirtualService> heeded = heededAtWaypoint(waypoint, service).stream()
                .filter(virtual -> !virtualServices.routes(virtual).isEmpty())
                .toList();
        VirtualHost host = VirtualHost.empty("*");
        for (VirtualService virtual : version.mergesRoutesAtWaypoints()
                ? heeded
                : heeded.stream().limit(1).toList()) {
            List<RouteEntry> entries =
                    virtualServices.entries(virtual, match -> match.countsAtWaypoint(waypoint.namespace(), port));
            host = entries.isEmpty() ? host : host.and(virtual, entries);
        }
        return Optional.of(host).filter(found -> !found.routes().isEmpty());
    }
}
