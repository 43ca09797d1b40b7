package io.meshwright.trace.stage;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.gateway.Ingresses;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.route.Routing.Decided;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.route.VirtualServices.Claim;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.UnfilledHost;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict.Answered;
import java.util.List;
import java.util.Optional;

/** Finds the VirtualService and the one of its routes that takes a request, at a gateway or in the caller's sidecar. */
final class RouteStage {
    private final Mesh mesh;
    private final ActionStage actions;
    private final HeaderStage headers;
    private final ExtensionStage extensions;

    RouteStage(Mesh mesh, ClusterStage clusters, ExtensionStage extensions, HeaderStage headers) {
        this.mesh = mesh;
        this.extensions = extensions;
        this.actions = new ActionStage(mesh, clusters, headers);
        this.headers = headers;
    }

    Path gateway(PathRecorder recorder, Pod gateway, List<Server> servers, FilterStage.Passed passed) {
        Arrival arrival = passed.arrival();
        ingresses(recorder, servers, arrival);
        undecided(recorder, servers);
        released(recorder, servers, arrival.http().host());
        RouteTable table = mesh.gatewayRoutes().of(gateway, servers);
        Optional<VirtualHost> found = table.find(arrival.http().host());
        unfilled(recorder, table, found, arrival.http().host());
        List<Source> asked = servers.stream().map(Server::source).toList();
        // Every route of the gateway is looked through, which only a host without any is worth.
        List<Source> emptied = found.isPresent()
                ? List.of()
                : emptied(gateway, servers, arrival.http().host());
        if (!emptied.isEmpty()) {
            recorder.step(
                    ("a VirtualService has the host %s, but no route of it is left here: none counts at this gateway,"
                                    + " or the delegates ask for what their root does not let through")
                            .formatted(arrival.http().host()),
                    emptied);
            return recorder.end(new Answered(
                    404,
                    "NR",
                    "no route is left of host %s".formatted(arrival.http().host())));
        }
        if (found.isEmpty()) {
            recorder.step(
                    "no VirtualService of these servers has the host %s"
                            .formatted(arrival.http().host()),
                    asked);
            return recorder.end(new Answered(
                    404, "NR", "no host %s".formatted(arrival.http().host())));
        }
        VirtualHost host = found.get();
        if (host.redirectsToHttps() && !arrival.http().scheme().equals("https")) {
            recorder.step(
                    "plain HTTP is sent to HTTPS",
                    servers.stream()
                            .filter(Server::redirectsToHttps)
                            .map(server -> server.source().at("/tls/httpsRedirect"))
                            .toList());
            return recorder.end(new Answered(301, "", "redirected to https"));
        }
        recorder.step(
                "virtual host %s".formatted(host.domain()),
                host.parts().stream().map(part -> Source.of(part.manifest())).toList());
        return choose(recorder, gateway, host, table.named(host), servers.get(0).port(), passed);
    }

    /** Flagger makes the routes of a Canary while it runs. */
    private void released(PathRecorder recorder, List<Server> servers, String host) {
        servers.stream()
                .map(Server::gateway)
                .distinct()
                .flatMap(gateway -> mesh.canaries().routing(host, gateway).stream())
                .findFirst()
                .ifPresent(canary -> recorder.doubt(
                        "Flagger makes the routes of %s for %s".formatted(canary.manifest(), host), List.of(canary)));
    }

    /** A host that is yet to be filled in may be the one that is asked for, unless another one is exactly that. */
    private static void unfilled(PathRecorder recorder, RouteTable table, Optional<VirtualHost> found, String host) {
        if (found.filter(exact -> exact.domain().equals(host)).isEmpty()) {
            table.hosts().stream()
                    .filter(other -> UnfilledHost.mayBe(other.domain(), host))
                    .findFirst()
                    .ifPresent(other -> recorder.doubt(
                            "the host %s is filled in before it is applied".formatted(other.domain()),
                            other.parts().stream()
                                    .map(part -> Source.of(part.manifest()))
                                    .toList()));
        }
    }

    /** The VirtualServices for a host of which nothing counts, so that the gateway has no virtual host for it. */
    private List<Source> emptied(Pod gateway, List<Server> servers, String host) {
        return servers.stream()
                .flatMap(server -> mesh.virtualServices().visible(server.gateway(), gateway.namespace()).stream()
                        .filter(service -> server
                                .served(service.hosts(), service.manifest().home())
                                .stream()
                                .anyMatch(domain -> HostName.within(host, domain)))
                        .filter(service -> mesh.virtualServices()
                                .entries(service, match -> match.countsAt(server.gateway(), server.port()))
                                .isEmpty()))
                .map(service -> Source.of(service.manifest()))
                .distinct()
                .toList();
    }

    private void undecided(PathRecorder recorder, List<Server> servers) {
        List<Source> routes = servers.stream()
                .flatMap(server -> mesh.virtualServices().undecided(server.gateway()).stream())
                .distinct()
                .toList();
        if (!routes.isEmpty()) {
            recorder.doubt(
                    "the labels of the namespace %s, by which the gateway takes its routes, are not among the manifests"
                            .formatted(routes.get(0).manifest().home()),
                    routes);
        }
    }

    /** The VirtualService of a host goes with the Gateway of its oldest Ingress, and so with that one's TLS. */
    private void ingresses(PathRecorder recorder, List<Server> servers, Arrival arrival) {
        boolean made = servers.stream()
                .anyMatch(server -> server.source().manifest().kind().equals(Kind.INGRESS));
        List<Source> sharing = made && arrival.isEncrypted()
                ? mesh.ingresses().contested(arrival.http().host())
                : List.of();
        if (!sharing.isEmpty()) {
            recorder.doubt(
                    "which of the Ingresses for host %s was created first decides whose TLS its routes have"
                            .formatted(arrival.http().host()),
                    sharing);
        }
    }

    private Path choose(PathRecorder recorder, Pod proxy, VirtualHost host, int port, Arrival arrival) {
        return choose(recorder, proxy, host, host, port, new FilterStage.Passed(arrival, Optional.empty()));
    }

    /** {@code named} is the virtual host by whose name EnvoyFilters know it. */
    private Path choose(
            PathRecorder recorder,
            Pod proxy,
            VirtualHost host,
            VirtualHost named,
            int port,
            FilterStage.Passed passed) {
        Arrival arrival = passed.arrival();
        Optional<RouteEntry> route = host.route(passed.matched(), mesh.version(proxy));
        if (route.isEmpty()) {
            recorder.step(
                    "no route of host %s fits".formatted(host.domain()),
                    host.parts().stream()
                            .map(part -> Source.of(part.manifest()))
                            .toList());
            return recorder.end(new Answered(
                    404, "NR", "no route for %s".formatted(arrival.http().path())));
        }
        assumed(recorder, route.get());
        rivals(recorder, proxy, host, route.get(), passed.matched());
        if (proxy.proxy().isGateway()) {
            extensions.routed(recorder, proxy, named, port, route.get(), arrival);
        }
        return actions.take(recorder, proxy, route.get(), port, arrival);
    }

    private void assumed(PathRecorder recorder, RouteEntry entry) {
        Manifest owner = entry.route().source().manifest();
        if (owner.kind().equals(Kind.INGRESS) && mesh.ingresses().isAssumed(owner)) {
            recorder.doubt(
                    "whether the IngressClass %s is Istio's is not among the manifests"
                            .formatted(Ingresses.className(owner)),
                    List.of(Source.of(owner).at("/spec/ingressClassName")));
        }
    }

    /**
     * Another VirtualService with a route for the same request goes first if it is older, unless one of the two takes
     * everything.
     */
    private void rivals(PathRecorder recorder, Pod proxy, VirtualHost host, RouteEntry chosen, HttpRequest request) {
        // A route for everything hides those behind it, one of which may be older.
        host.parts().stream()
                .flatMap(part -> mesh.virtualServices().routes(part).stream())
                .filter(other -> chosen.route().tiesWith(other))
                .filter(other -> other.fits(request, mesh.version(proxy)))
                .findFirst()
                .ifPresent(other -> recorder.doubt(
                        "which of two routes for host %s was created first decides".formatted(host.domain()),
                        List.of(chosen.source(), other.source())));
        if (!host.dependsOnCreationOrder()) {
            return;
        }
        VirtualService owner = part(host, chosen);
        host.routes().stream()
                .filter(other -> part(host, other) != owner && other.isCatchAll() == chosen.isCatchAll())
                .filter(other -> other.fits(request, mesh.version(proxy)))
                .filter(other -> mesh.virtualServices().areUntold(owner, part(host, other), proxy.namespace()))
                .findFirst()
                .ifPresent(other -> rival(recorder, host, chosen.source(), other.source()));
    }

    private static void rival(PathRecorder recorder, VirtualHost host, Source chosen, Source other) {
        if (areVersions(chosen, other)) {
            recorder.doubt(
                    "which version of %s is applied last decides its routes".formatted(chosen.manifest()),
                    List.of(chosen, other));
        } else {
            recorder.doubt(
                    "which of two VirtualServices for host %s was created first decides its route"
                            .formatted(host.domain()),
                    List.of(chosen, other));
        }
    }

    private static VirtualService part(VirtualHost host, RouteEntry entry) {
        Source root = entry.route().root().orElse(entry.route().source());
        return host.parts().stream()
                .filter(part -> part.manifest() == root.manifest())
                .findFirst()
                .orElse(entry.route().owner());
    }

    /** The way of a call of a sidecar's own application to a service. */
    Path mesh(PathRecorder recorder, Pod client, Service service, ServicePort port, Arrival arrival) {
        Optional<VirtualHost> host = host(recorder, client, service.host(), port.number());
        return host.isPresent()
                ? mesh(recorder, client, host.get(), port.number(), arrival)
                : actions.direct(
                        recorder, client, service, port, headers.schemed(ForwardedProto.believed(arrival), true));
    }

    /** At a waypoint: what comes to a service's address is the service's, whatever the Host header says. */
    Path waypoint(PathRecorder recorder, Pod waypoint, ServicePort port, FilterStage.Passed passed) {
        Service service = waypoint.serving().orElseThrow();
        Optional<VirtualHost> routes =
                mesh.routing().waypoint(waypoint, service, port.number(), mesh.version(waypoint));
        List<VirtualService> heeded = mesh.routing().heededAtWaypoint(waypoint, service).stream()
                .filter(virtual -> mesh.virtualServices().routes(virtual).stream()
                        .anyMatch(route -> !mesh.version(waypoint).mergesRoutesAtWaypoints()
                                || route.fits(passed.matched(), mesh.version(waypoint))))
                .toList();
        heeded.stream()
                .skip(1)
                .filter(other -> mesh.virtualServices().areUntold(heeded.get(0), other, waypoint.namespace()))
                .findFirst()
                .ifPresent(other -> recorder.doubt(
                        "which of two VirtualServices for host %s was created first decides its route"
                                .formatted(service.host()),
                        List.of(Source.of(heeded.get(0).manifest()), Source.of(other.manifest()))));
        return routes.isPresent()
                ? choose(recorder, waypoint, routes.get(), routes.get(), port.number(), passed)
                : actions.inbound(recorder, waypoint, port, passed.arrival());
    }

    /**
     * Finds the routes of VirtualServices for exactly this host, which no service of that port has that the client
     * knows, and which may be short for one.
     */
    Optional<VirtualHost> named(Pod client, String host, int port) {
        List<Service> services = mesh.services().of(host).stream()
                .filter(service -> service.export().reaches(client.namespace()))
                .toList();
        boolean read = services.isEmpty()
                || services.stream()
                                .noneMatch(service -> service.port(port).isPresent()
                                        && mesh.sidecars().knows(client, service, port))
                        && mesh.sidecars().readsHttpAnywhere(client, port);
        boolean claimed = read
                && mesh.routing().claims(Client.of(client), host).stream()
                        .anyMatch(claim -> claim.host().equals(host));
        return claimed ? mesh.routing().mesh(client, host, port) : Optional.empty();
    }

    /** Finds the routes for a host of the VirtualServices that the client's sidecar knows. */
    Optional<VirtualHost> host(PathRecorder recorder, Pod client, String host, int port) {
        List<Decided> first =
                mesh.routing().deciding(client, host, port).limit(2).toList();
        if (first.size() > 1 && isUntold(first.get(0).claim(), first.get(1).claim(), client.namespace())) {
            List<Source> claims = first.stream()
                    .map(decided -> Source.of(decided.claim().service().manifest()))
                    .toList();
            if (areVersions(claims.get(0), claims.get(1))) {
                recorder.doubt(
                        "which version of %s is applied last decides whose routes count"
                                .formatted(claims.get(0).manifest()),
                        claims);
            } else {
                recorder.doubt(
                        "which of two VirtualServices for host %s was created first decides whose routes count"
                                .formatted(host),
                        claims);
            }
        }
        return first.stream().findFirst().map(Decided::host);
    }

    /** True if the two are one object, which a lesson or an environment writes otherwise than another. */
    private static boolean areVersions(Source one, Source other) {
        return one.manifest().home().equals(other.manifest().home())
                && one.manifest().name().equals(other.manifest().name());
    }

    private boolean isUntold(Claim one, Claim other, String namespace) {
        return one.host().equals(other.host())
                && mesh.virtualServices().areUntold(one.service(), other.service(), namespace);
    }

    /** The way of a call to a host that no service has, by a route of a VirtualService. */
    Path mesh(PathRecorder recorder, Pod client, VirtualHost host, int port, Arrival arrival) {
        return choose(recorder, client, host, port, headers.schemed(ForwardedProto.believed(arrival), true));
    }
}
