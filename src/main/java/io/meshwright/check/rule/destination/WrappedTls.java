package io.meshwright.check.rule.destination;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.route.OutboundClusters;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Routes for TLS of applications, which a proxy wraps once more on its way to somebody who reads what is inside. */
final class WrappedTls {
    private static final String ISTIO_MUTUAL = "ISTIO_MUTUAL";

    private final Mesh mesh;

    WrappedTls(Mesh mesh) {
        this.mesh = mesh;
    }

    Stream<Finding> findings() {
        return mesh.virtualServices().all().stream()
                .flatMap(owner -> WrittenDestination.of(owner).stream())
                .filter(target -> target.source().pointer().startsWith("/spec/tls/"))
                .flatMap(target -> clients(target).limit(1).flatMap(client -> finding(client, target).stream()))
                .distinct();
    }

    /** Some proxy that heeds the route, since all do the same. */
    private Stream<Pod> clients(WrittenDestination target) {
        VirtualService owner = target.owner();
        Source route =
                new Source(owner.manifest(), target.source().pointer().replaceFirst("/(route|mirrors?)(/.*)?$", ""));
        List<String> named = route.items("match")
                .flatMap(match -> Fields.texts(match.value().path("gateways")).stream())
                .map(name -> VirtualService.gateway(name, owner.manifest().home()))
                .toList();
        List<String> gateways = named.isEmpty() ? owner.gateways() : named;
        Stream<Pod> proxies = gateways.stream()
                .flatMap(name -> mesh.gateways().find(name).stream())
                .flatMap(gateway -> mesh.gateways().pods(gateway).stream());
        Stream<Pod> sidecars = gateways.contains(VirtualService.MESH)
                ? mesh.pods().all().stream().filter(pod -> pod.proxy().isSidecar())
                : Stream.empty();
        return Stream.concat(proxies, sidecars).filter(pod -> owner.export().reaches(pod.namespace()));
    }

    private Optional<Finding> finding(Pod client, WrittenDestination target) {
        OutboundClusters.Target to = mesh.outboundClusters()
                .of(target.destination(), client.namespace(), target.port().orElse(0), true);
        return to.port().flatMap(port -> wrapped(client, target, to.service().orElseThrow(), port));
    }

    private Optional<Finding> wrapped(Pod client, WrittenDestination target, Service service, ServicePort port) {
        List<Pod> servers = mesh.services().pods(service);
        List<TlsOutcome> outcomes = servers.isEmpty()
                ? List.of(mesh.clientTls().outcome(client, service, port, target.subset()))
                : servers.stream()
                        .map(server -> mesh.clientTls().outcome(client, service, port, target.subset(), server))
                        .toList();
        // An entry as a whole is judged by the protocol of its port.
        boolean own = target.subset().isPresent() || service.isKubernetes();
        if (own && outcomes.stream().allMatch(TlsOutcome::beginsTls)) {
            return outcomes.stream()
                    .flatMap(outcome -> outcome.decidedBy().stream())
                    .filter(source -> source.manifest().kind().equals(Kind.DESTINATION_RULE))
                    .findFirst()
                    .map(rule -> PortSpokenAsNamed.TLS_BEGUN_TWICE
                            .at(
                                    rule,
                                    "TLS of applications goes this way by %s, and the proxy begins TLS around that again"
                                            .formatted(target.owner()))
                            .as(Severity.WARNING));
        }
        return !servers.isEmpty()
                        && outcomes.stream().allMatch(TlsOutcome.Mutual.class::isInstance)
                        && servers.stream().allMatch(server -> readsInside(server, port))
                ? Optional.of(
                        PortSpokenAsNamed.TLS_BEGUN_TWICE
                                .at(
                                        target.source(),
                                        "TLS of applications goes to %s in Istio's mutual TLS, and the gateway reads HTTP inside"
                                                .formatted(service))
                                .remedy(
                                        "Let the application call by http, or let the gateway's server pass bytes on: protocol TLS with rules of tcp."))
                : Optional.empty();
    }

    private boolean readsInside(Pod server, ServicePort port) {
        return server.proxy().isGateway()
                && port.on(server).stream()
                        .anyMatch(number -> mesh.gateways().listeners(server).stream()
                                .filter(listener -> listener.port() == number)
                                .flatMap(listener -> listener.servers().stream())
                                .allMatch(each -> each.isHttp() && isMutual(each)));
    }

    private static boolean isMutual(Server server) {
        return server.isTls() && server.tls().mode().equals(ISTIO_MUTUAL);
    }
}
