package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Sidecars;
import io.meshwright.mesh.policy.PortSpeech;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Proxies say to a port only what its name or protocol says that it speaks: TLS once, and not plain HTTP. */
@AutoService(Inspection.class)
public final class PortSpokenAsNamed implements Check {
    public static final Rule PLAIN_HTTP_TO_TLS = Rule.warning("MESH323", "plain_http_to_tls")
            .title("A proxy sends plain HTTP to a port that is said to speak TLS")
            .consequence("Who speaks TLS answers plain HTTP with 400, or closes the connection (503 with flag UC).")
            .remedy("Let a DestinationRule or a BackendTLSPolicy begin TLS to the port, or name the port for plain HTTP"
                    + " if that is what it speaks.");

    public static final Rule TLS_BEGUN_TWICE = Rule.error("MESH324", "tls_begun_twice")
            .title("A proxy begins TLS around the TLS of its application")
            .consequence("The handshake of the application fails.")
            .remedy("Let the application call by http and keep TLS in the DestinationRule for that port, or remove tls"
                    + " from the DestinationRule.");

    @Override
    public List<Rule> rules() {
        return List.of(PLAIN_HTTP_TO_TLS, TLS_BEGUN_TWICE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<ServicePort> routed = new HashSet<>();
        List<Finding> findings = Stream.of(
                        GatewayRoute.of(mesh).stream().flatMap(entry -> routed(mesh, entry, routed)),
                        mesh.virtualServices().all().stream()
                                .flatMap(owner -> WrittenDestination.of(owner).stream())
                                .flatMap(target -> routed(mesh, target, routed)),
                        mesh.pods().all().stream()
                                .filter(pod -> pod.proxy().isSidecar())
                                .flatMap(pod -> WrittenCall.of(pod).stream())
                                .flatMap(call -> called(mesh, call, routed).stream()))
                .flatMap(found -> found)
                .toList();
        return Stream.concat(findings.stream(), new SpokenEntries(mesh, routed).findings());
    }

    private static Stream<Finding> routed(Mesh mesh, GatewayRoute entry, Set<ServicePort> routed) {
        HttpRoute route = entry.route();
        int listening = entry.listener().servers().get(0).port();
        return route.isRedirect() || route.isDirectResponse()
                ? Stream.empty()
                : route.destinations().stream()
                        .flatMap(target -> plain(mesh, entry.gateway(), target, listening, false, routed).stream());
    }

    /** By the proxy of some pod that the route is for, since all read the same. */
    private static Stream<Finding> routed(Mesh mesh, WrittenDestination target, Set<ServicePort> routed) {
        return mesh.pods().all().stream()
                .filter(pod ->
                        pod.proxy().isSidecar() && target.owner().export().reaches(pod.namespace()))
                .limit(1)
                .flatMap(pod -> target.owner().hosts().stream()
                        .flatMap(host -> heard(mesh, mesh.services().visible(host, pod.namespace())))
                        .filter(target::isForRequestsOfMesh)
                        .distinct()
                        .flatMap(port -> plain(mesh, pod, target.destination(), port, true, routed).stream()));
    }

    /** Ports on which requests for the host are read: its own, and port 80 if others have that. */
    private static Stream<Integer> heard(Mesh mesh, List<Service> services) {
        boolean usual = services.stream()
                        .allMatch(service -> service.port(PortSpeech.PLAIN).isEmpty())
                && mesh.services().readsHttpAnywhere(PortSpeech.PLAIN, service -> true);
        return Stream.concat(
                services.stream()
                        .flatMap(service -> service.ports().stream())
                        .filter(port -> port.protocol().mayBeHttp())
                        .map(ServicePort::number),
                usual && !services.isEmpty() ? Stream.of(PortSpeech.PLAIN) : Stream.empty());
    }

    private static Optional<Finding> plain(
            Mesh mesh, Pod client, Destination destination, int listening, boolean onMesh, Set<ServicePort> routed) {
        var target = mesh.outboundClusters().of(destination, client.namespace(), listening, onMesh);
        target.port().ifPresent(routed::add);
        return target.port()
                .filter(port -> PortSpeech.isTls(target.service().orElseThrow(), port))
                .filter(port -> outcomes(mesh, client, target.service().orElseThrow(), port, destination.subset())
                        .allMatch(PortSpokenAsNamed::leavesPlain))
                .map(port -> PLAIN_HTTP_TO_TLS.at(
                        destination.source(),
                        "%s sends plain HTTP to port %d of %s, which is said to speak TLS"
                                .formatted(
                                        client, port.number(), target.service().orElseThrow())));
    }

    private static Stream<TlsOutcome> outcomes(
            Mesh mesh, Pod client, Service service, ServicePort port, Optional<String> subset) {
        List<Pod> servers = mesh.services().pods(service);
        return servers.isEmpty()
                ? Stream.of(mesh.clientTls().outcome(client, service, port, subset))
                : servers.stream().map(server -> mesh.clientTls().outcome(client, service, port, subset, server));
    }

    static boolean leavesPlain(TlsOutcome outcome) {
        return outcome instanceof TlsOutcome.Plain
                || outcome instanceof TlsOutcome.Mutual
                || outcome instanceof TlsOutcome.Tunnel tunnel && !tunnel.begun();
    }

    private static Optional<Finding> called(Mesh mesh, WrittenCall call, Set<ServicePort> routed) {
        Sidecars.Way way = mesh.sidecars().way(call.caller(), call.host(), call.port());
        Optional<Service> called = way.service();
        Optional<ServicePort> port = way.port();
        if (called.isEmpty() || port.isEmpty()) {
            return Optional.empty();
        }
        routed.add(port.get());
        List<TlsOutcome> outcomes = outcomes(mesh, call.caller(), called.get(), port.get(), Optional.empty())
                .toList();
        boolean encrypted =
                call.scheme().equals("https") && !port.get().protocol().isHttp();
        boolean plain = call.scheme().equals("http")
                && port.get().protocol().mayBeHttp()
                && PortSpeech.isTls(called.get(), port.get());
        if (encrypted && outcomes.stream().allMatch(TlsOutcome::beginsTls)) {
            return outcomes.stream()
                    .flatMap(outcome -> outcome.decidedBy().stream())
                    .filter(source -> source.manifest().kind().equals(Kind.DESTINATION_RULE))
                    .findFirst()
                    .map(rule -> twice(call, rule));
        }
        return plain && outcomes.stream().allMatch(PortSpokenAsNamed::leavesPlain)
                ? Optional.of(PLAIN_HTTP_TO_TLS.at(
                        call.source(),
                        "%s calls http://%s, and its proxy sends that as it is to port %d, which is said to speak TLS"
                                .formatted(
                                        call.caller(), call.host(), port.get().targetNumber())))
                : Optional.empty();
    }

    private static Finding twice(WrittenCall call, Source rule) {
        return TLS_BEGUN_TWICE.at(
                rule,
                "%s calls https://%s on port %d, and its proxy begins TLS around that again"
                        .formatted(call.caller(), call.host(), call.port()));
    }
}
