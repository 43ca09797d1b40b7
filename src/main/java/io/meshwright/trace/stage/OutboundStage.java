package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Sidecars.Way;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From an application in the cluster through its own sidecar, if it has one: scope, egress and the protocol of the
 * port.
 */
final class OutboundStage {
    /** Where pods and nodes have their addresses (RFC 1918 and RFC 4193). */
    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /** Where sidecars take what iptables redirects to them, which nobody may call (virtualOutbound, virtualInbound). */
    private static final Set<Integer> PROXY_PORTS = Set.of(IstioPorts.OUTBOUND.value(), IstioPorts.INBOUND.value());

    private final Mesh mesh;
    private final RouteStage routes;
    private final ConnectionStage connections;
    private final ClusterStage clusters;
    private final NetworkStage network;

    OutboundStage(
            Mesh mesh, RouteStage routes, ConnectionStage connections, ClusterStage clusters, NetworkStage network) {
        this.mesh = mesh;
        this.routes = routes;
        this.connections = connections;
        this.clusters = clusters;
        this.network = network;
    }

    Path enter(Pod caller, Request request) {
        PathRecorder recorder = PathRecorder.start();
        recorder.at("caller %s".formatted(caller));
        recorder.step("proxy: %s".formatted(caller.proxy().why()), caller.source());
        Arrival arrival = Arrival.inside(request, mesh.config().pathNormalization());
        boolean bypasses = caller.proxy().isSidecar() && !Capture.outbound(caller, request.port());
        if (caller.proxy().inMesh().isNo() || bypasses) {
            return uncaptured(recorder, caller, request, arrival, "the call passes no proxy of the caller");
        }
        if (caller.proxy().isZtunnel()) {
            return uncaptured(
                    recorder, caller, request, arrival, "ztunnel carries the bytes and heeds no VirtualService itself");
        }
        if (PROXY_PORTS.contains(request.port())) {
            recorder.step("the sidecar keeps port %d for itself".formatted(request.port()), caller.source());
            return recorder.end(new Closed("", "calls to port %d of a proxy are cut off".formatted(request.port())));
        }
        Way way = way(caller, request, arrival);
        Optional<VirtualHost> named = arrival.opaque()
                ? Optional.empty()
                : routes.named(caller, arrival.http().host(), request.port());
        if (named.isPresent()
                && way.service()
                        .map(service -> !service.host().equals(arrival.http().host()))
                        .orElse(true)) {
            return routes.mesh(recorder, caller, named.get(), request.port(), arrival);
        }
        if (way.isKnown()) {
            return known(
                    recorder, caller, way.service().orElseThrow(), way.port().orElseThrow(), arrival);
        }
        Optional<VirtualHost> routed = arrival.opaque()
                ? Optional.empty()
                : routes.host(recorder, caller, arrival.http().host(), request.port());
        if (routed.isPresent() && way.service().isEmpty()) {
            return routes.mesh(recorder, caller, routed.get(), request.port(), arrival);
        }
        Optional<Service> anywhere = mesh.sidecars().anywhere(caller, request.port(), !arrival.opaque());
        if (anywhere.isPresent() && way.service().isEmpty()) {
            return captured(recorder, caller, anywhere.get(), request, arrival);
        }
        if (way.isBlocked()) {
            return blocked(recorder, caller, request, arrival);
        }
        boolean renamed = arrival.isEncrypted() && !arrival.sni().equals(request.host());
        return renamed
                        && byName(caller, request.host())
                                .filter(Service::isKubernetes)
                                .isEmpty()
                ? outside(recorder, caller, request, arrival)
                : passed(recorder, caller, request, arrival);
    }

    /** HTTP goes by the Host header wherever the connection goes, unless a port of bytes is called. */
    private Way way(Pod caller, Request request, Arrival arrival) {
        Way called = mesh.sidecars().way(caller, request.host(), request.port());
        boolean ofBytes = arrival.opaque()
                || called.port().filter(port -> !port.protocol().mayBeHttp()).isPresent();
        if (!ofBytes) {
            return mesh.sidecars().way(caller, arrival.http().host(), request.port());
        }
        return arrival.isEncrypted() && isByName(called) ? shown(caller, request, called) : called;
    }

    /** Whether no address tells the service from others on its port, so that the name in TLS does. */
    private static boolean isByName(Way way) {
        return way.service()
                        .map(service -> !service.isKubernetes()
                                && service.reach().addresses().isEmpty())
                        .orElse(true)
                && way.port().map(port -> port.protocol().isTls()).orElse(true);
    }

    private Way shown(Pod caller, Request request, Way called) {
        Way named = mesh.sidecars().way(caller, request.serverName(), request.port());
        return named.isKnown() && isByName(named)
                ? named
                : called.isKnown() && !request.serverName().equals(request.host())
                        ? new Way(Optional.empty(), Optional.empty(), called.outbound())
                        : called;
    }

    private Path captured(PathRecorder recorder, Pod caller, Service entry, Request request, Arrival arrival) {
        ServicePort port = entry.port(request.port()).orElseThrow();
        recorder.step(
                "an entry without addresses takes all that is called on port %d".formatted(port.number()),
                port.source());
        return known(recorder, caller, entry, port, arrival);
    }

    private Path known(PathRecorder recorder, Pod caller, Service service, ServicePort port, Arrival arrival) {
        Protocol protocol = port.protocol();
        recorder.step("%s port %d is read as %s".formatted(service, port.number(), protocol), port.source());
        if (!arrival.opaque() && protocol.mayBeHttp()) {
            return routes.mesh(recorder, caller, service, port, arrival);
        }
        if (arrival.opaque() && protocol.isHttp()) {
            return recorder.end(new Closed(
                    "",
                    "the caller sends no plain HTTP, but port %d of %s is read as HTTP"
                            .formatted(port.number(), service)));
        }
        if (!arrival.isEncrypted() && protocol.isTls()) {
            return recorder.end(Unknown.because("the caller sends plaintext to a port that is declared to carry TLS"));
        }
        return connections.mesh(recorder, caller, service, port, arrival.asBytes());
    }

    /** No listener of the port reads HTTP unless some service there does: then bytes are cut off (BlackHoleCluster). */
    private Path blocked(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        recorder.step("calls to hosts outside the registry are blocked", policy(caller));
        String why =
                "REGISTRY_ONLY, and the caller's proxy knows no %s port %d".formatted(request.host(), request.port());
        boolean read = !arrival.opaque() && mesh.sidecars().readsHttpAnywhere(caller, request.port());
        return recorder.end(read ? new Answered(502, "", why) : new Closed("UH", why));
    }

    private List<Source> policy(Pod caller) {
        return mesh.sidecars()
                .of(caller)
                .filter(sidecar ->
                        sidecar.manifest().at("/spec/outboundTrafficPolicy").isObject())
                .map(sidecar -> new Source(sidecar.manifest(), "/spec/outboundTrafficPolicy"))
                .or(() -> mesh.config().source().map(source -> source.at("/outboundTrafficPolicy")))
                .map(List::of)
                .orElse(List.of());
    }

    /** A host that the proxy does not know, to whose address it passes everything on as it is. */
    private Path passed(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        Optional<Service> hidden = byName(caller, request.host());
        if (hidden.isPresent()) {
            return recorder.end(
                    hidden.get().port(request.port()).isEmpty()
                            ? new Closed("", "%s has no port %d".formatted(hidden.get(), request.port()))
                            : Unknown.because(
                                    "%s is there, but hidden from the proxy of %s, which passes the bytes on by address"
                                            .formatted(hidden.get(), caller)));
        }
        return outside(recorder, caller, request, arrival);
    }

    private Path outside(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        if (request.host().endsWith(".svc.".concat(mesh.config().domain()))
                || request.host().indexOf('.') < 0) {
            return recorder.end(new Closed("", "the cluster's DNS knows no %s".formatted(request.host())));
        }
        recorder.step("a host outside the registry, called as it is", policy(caller));
        if (PRIVATE.stream()
                .anyMatch(block -> AddressBlock.contains(block, request.host().replaceAll("[\\[\\]]", "")))) {
            recorder.doubt("who has the address %s is not among the manifests".formatted(request.host()), List.of());
        }
        return recorder.end(network.leaving(recorder, caller, NetworkPeer.outside(), request.port(), arrival)
                .orElseGet(() -> new Delivered(
                        List.of(new DeliveryTarget(request.host(), Optional.empty(), request.port(), 1, List.of())))));
    }

    private Path uncaptured(PathRecorder recorder, Pod caller, Request request, Arrival arrival, String how) {
        recorder.step(how, caller.source());
        Optional<Service> service = byName(caller, request.host());
        boolean known = service.filter(found -> found.isKubernetes()
                        || mesh.waypoints().between(caller, found).isPresent())
                .isPresent();
        if (!known) {
            return outside(recorder, caller, request, arrival);
        }
        Optional<ServicePort> port = service.get().port(request.port());
        return port.isPresent()
                ? clusters.service(recorder, caller, service.get(), port.get(), Optional.empty(), arrival)
                : recorder.end(new Closed("", "%s has no port %d".formatted(service.get(), request.port())));
    }

    /** Finds the service that the cluster's DNS has for a name, whoever may see it in the mesh. */
    private Optional<Service> byName(Pod caller, String written) {
        String[] parts = written.split("\\.");
        boolean partial = parts.length == 2 || parts.length == 3 && parts[2].equals("svc");
        String completed = partial
                ? HostName.ofService(parts[0], parts[1], mesh.config().domain())
                : mesh.services().host(written, caller.namespace());
        return mesh.services().of(completed).stream()
                .findFirst()
                .or(() -> mesh.services().of(written).stream().findFirst());
    }
}
