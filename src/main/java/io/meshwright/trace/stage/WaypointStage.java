package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPolicy.Admission;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.waypoint.NameLookup;
import io.meshwright.mesh.waypoint.Waypoint;
import io.meshwright.mesh.waypoint.Waypoints;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * At a waypoint, to which ztunnels and some gateways hand calls: its policies, then the routes of the service, then the
 * tunnels to pods (core/listener_waypoint.go).
 */
final class WaypointStage {
    private static final int NOT_FOUND = 404;

    private final Mesh mesh;
    private final FilterStage filters;
    private final RouteStage routes;
    private final ConnectionStage connections;
    private final NetworkStage network;

    WaypointStage(
            Mesh mesh, FilterStage filters, RouteStage routes, ConnectionStage connections, NetworkStage network) {
        this.mesh = mesh;
        this.filters = filters;
        this.routes = routes;
        this.connections = connections;
        this.network = network;
    }

    /** The proxy that calls go through; tells why a label does nothing, or that nobody knows what it does. */
    static Optional<Pod> before(PathRecorder recorder, Optional<Waypoint> found) {
        Optional<Waypoint> told = found.filter(waypoint -> waypoint.effect() != Waypoint.Effect.PASSED);
        told.filter(waypoint -> waypoint.effect() == Waypoint.Effect.NONE)
                .ifPresent(waypoint -> recorder.step("no waypoint: %s".formatted(waypoint.why()), waypoint.label()));
        told.filter(waypoint -> waypoint.effect() == Waypoint.Effect.UNKNOWN)
                .ifPresent(waypoint -> recorder.doubt(waypoint.why(), List.of(waypoint.label())));
        return found.flatMap(Waypoint::proxy);
    }

    /** A call to a service; {@code waypoint} is the pod that serves it. */
    Path enter(PathRecorder recorder, Pod client, Pod waypoint, ServicePort port, Arrival arrival) {
        Service service = waypoint.serving().orElseThrow();
        Protocol protocol = port.protocol();
        if (arrival.opaque() && protocol.isHttp()) {
            return arrived(
                    recorder,
                    client,
                    waypoint,
                    arrival,
                    (rest, tunnelled) -> rest.end(new Closed(
                            "",
                            "the caller sends no plain HTTP, but port %d of %s is read as HTTP"
                                    .formatted(port.number(), service))));
        }
        Optional<Verdict> unserved = unserved(client, service, port, arrival);
        if (unserved.isPresent()) {
            return arrived(recorder, client, waypoint, arrival, (rest, tunnelled) -> rest.end(unserved.get()));
        }
        boolean http = !arrival.opaque() && protocol.mayBeHttp();
        return arrived(recorder, client, waypoint, http ? arrival : arrival.asBytes(), (rest, tunnelled) -> {
            FilterStage.Passed passed = filters.pass(rest, waypoint, port.number(), tunnelled);
            return passed.end()
                    .map(rest::end)
                    .orElseGet(() -> http
                            ? routes.waypoint(rest, waypoint, port, passed)
                            : connections.waypoint(rest, waypoint, port, passed.arrival()));
        });
    }

    /**
     * Of a host whose names it looks up itself a waypoint takes HTTP, for those names alone, and TLS where istiod lets
     * it (buildWaypointInboundVIP, buildRouteVHostDomains).
     */
    private Optional<Verdict> unserved(Pod client, Service service, ServicePort port, Arrival arrival) {
        if (!NameLookup.isAsked(service)) {
            return Optional.empty();
        }
        if (!NameLookup.isMade(service, port, mesh.config())) {
            return Optional.of(Failures.of(
                    client,
                    arrival,
                    "NC",
                    "the waypoint looks no names up for port %d of %s".formatted(port.number(), service)));
        }
        return !arrival.opaque()
                        && port.protocol() == Protocol.HTTP
                        && !HostName.within(arrival.http().host(), service.host())
                ? Optional.of(new Answered(
                        NOT_FOUND,
                        "NR",
                        "%s is no name of %s".formatted(arrival.http().host(), service)))
                : Optional.empty();
    }

    /** A call to a pod by its own address, for which a waypoint has policies and no routes. */
    Path direct(PathRecorder recorder, NetworkStage.Connection connection, Pod waypoint, Pod pod, Arrival arrival) {
        int port = connection.port().on(pod).orElse(connection.port().number());
        return arrived(recorder, connection.client(), waypoint, arrival, (rest, tunnelled) -> {
            FilterStage.Passed passed = filters.pass(rest, waypoint, port, tunnelled);
            return passed.end()
                    .map(rest::end)
                    .orElseGet(() -> network.pod(
                            rest,
                            new NetworkStage.Connection(
                                    waypoint,
                                    connection.service(),
                                    connection.port(),
                                    Optional.empty(),
                                    Optional.empty()),
                            pod,
                            passed.arrival()));
        });
    }

    private Path arrived(
            PathRecorder recorder,
            Pod client,
            Pod waypoint,
            Arrival arrival,
            BiFunction<PathRecorder, Arrival, Path> rest) {
        recorder.at("waypoint %s".formatted(waypoint));
        recorder.step(waypoint.proxy().why(), waypoint.source());
        Admission admission = mesh.networkPolicies().between(client, waypoint, Waypoints.TUNNEL);
        if (!admission.decidedBy().isEmpty()) {
            recorder.step("NetworkPolicy: %s".formatted(NetworkStage.words(admission)), admission.decidedBy());
        }
        if (admission.admitted().isNo()) {
            return recorder.end(Failures.of(
                    client,
                    arrival,
                    "UF",
                    "NetworkPolicy keeps the caller away from port %d of the waypoint %s, so connecting times out"
                            .formatted(Waypoints.TUNNEL, waypoint)));
        }
        if (!admission.admitted().isYes()) {
            recorder.doubt(
                    "NetworkPolicies ask for labels or addresses that the manifests do not tell",
                    admission.decidedBy());
        }
        // A tunnel shows who the caller is, for which alone a waypoint takes it.
        Attribute caller = Attribute.known(mesh.config()
                .principals(client.namespace(), client.serviceAccount())
                .get(0));
        Attribute remote = client.proxy().isGateway() ? arrival.address() : Attribute.unknown();
        return rest.apply(recorder, arrival.forwarded().from(caller).at(Attribute.unknown(), remote));
    }
}
