package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A DestinationRule makes callers speak as the pods behind the host listen, for each port. */
@AutoService(Inspection.class)
public final class TlsAgrees implements Check {
    public static final Rule TLS_DISAGREES = Rule.error("MESH191", "tls_disagrees")
            .title("What callers speak is not what the service takes")
            .twins("KIA0205", "KIA0206", "KIA0207", "KIA0208", "KIA0401", "KIA0501", "KIA0505", "KIA0506")
            .consequence("Every call fails with 503.")
            .remedy("Remove tls from the DestinationRule, so that Istio finds the mode, or make it agree with the"
                    + " PeerAuthentication.");

    @Override
    public List<Rule> rules() {
        return List.of(TLS_DISAGREES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Finding> byRule = mesh.destinationRules().written().stream()
                .filter(TlsAgrees::saysTls)
                .flatMap(rule -> services(mesh, rule)
                        .flatMap(service ->
                                service.ports().stream().flatMap(port -> findings(mesh, rule, service, port))));
        return Stream.concat(byRule, mesh.config().autoMtls() ? AutomaticTls.findings(mesh) : withoutRule(mesh));
    }

    /** Without auto mutual TLS callers speak plain text to every server for which no rule says otherwise. */
    private static Stream<Finding> withoutRule(Mesh mesh) {
        List<Pod> callers = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar())
                .toList();
        Set<Manifest> told = new HashSet<>();
        return mesh.services().all().stream()
                .flatMap(service -> service.ports().stream()
                        .flatMap(port -> mesh.services().pods(service).stream()
                                .flatMap(server -> callers.stream()
                                        .filter(caller -> caller != server)
                                        .limit(1)
                                        .flatMap(caller -> unled(mesh, service, port, caller, server).stream()))))
                .filter(finding -> told.add(finding.manifest().orElseThrow()));
    }

    private static Optional<Finding> unled(Mesh mesh, Service service, ServicePort port, Pod caller, Pod server) {
        TlsOutcome outcome = mesh.clientTls().outcome(caller, service, port, Optional.empty(), server);
        Optional<Source> strict = outcome.decidedBy().stream()
                .filter(source -> source.manifest().kind().equals(Kind.PEER_AUTHENTICATION))
                .findFirst();
        boolean led = outcome.decidedBy().stream()
                .anyMatch(source -> source.manifest().kind().equals(Kind.DESTINATION_RULE));
        return !(outcome instanceof TlsOutcome.Broken broken) || led
                ? Optional.empty()
                : strict.map(place -> TLS_DISAGREES
                        .at(
                                place,
                                "enableAutoMtls is off and no DestinationRule leads %s to %s on port %d: %s"
                                        .formatted(
                                                caller,
                                                service,
                                                port.number(),
                                                broken.failure().sentence()))
                        .remedy("Turn enableAutoMtls on, or write a DestinationRule of mode ISTIO_MUTUAL for"
                                + " the callers."));
    }

    private static boolean saysTls(DestinationRule rule) {
        return TrafficPolicies.of(rule).stream()
                .anyMatch(policy -> policy.value().path("tls").isObject());
    }

    private static Stream<Service> services(Mesh mesh, DestinationRule rule) {
        return HostName.isWildcard(rule.host())
                ? mesh.services().all().stream().filter(service -> HostName.within(service.host(), rule.host()))
                : mesh.services().of(rule.host()).stream();
    }

    private static Stream<Finding> findings(Mesh mesh, DestinationRule rule, Service service, ServicePort port) {
        Optional<Finding> whole = clash(mesh, rule, service, port, Optional.empty())
                .or(() -> subsets(rule, false)
                        .filter(subset -> LedElsewhere.isNamed(mesh, service, subset))
                        .flatMap(subset -> clash(mesh, rule, service, port, Optional.of(subset)).stream())
                        .findFirst());
        return Stream.concat(
                whole.stream(),
                subsets(rule, true).flatMap(subset -> clash(mesh, rule, service, port, Optional.of(subset)).stream()));
    }

    /** Those with TLS of their own, or those that take it from the whole rule. */
    private static Stream<String> subsets(DestinationRule rule, boolean own) {
        return rule.subsets().values().stream()
                .filter(subset -> subset.source()
                                .manifest()
                                .at(subset.source().pointer())
                                .at("/trafficPolicy/tls")
                                .isObject()
                        == own)
                .map(subset -> subset.name());
    }

    private static Optional<Finding> clash(
            Mesh mesh, DestinationRule rule, Service service, ServicePort port, Optional<String> subset) {
        List<Pod> clients = callers(mesh, rule, service).stream()
                .filter(client -> subset.isPresent() || !LedElsewhere.allCalls(mesh, client, service, port))
                .toList();
        for (Pod client : clients) {
            for (Pod server : mesh.services().pods(service)) {
                TlsOutcome outcome = mesh.clientTls().outcome(client, service, port, subset, server);
                Optional<Source> decided = outcome.decidedBy().stream()
                        .filter(source -> source.manifest() == rule.source().manifest())
                        .findFirst();
                boolean direct = !mesh.waypoints().mayStandBetween(client, service, server);
                if (outcome instanceof TlsOutcome.Broken broken && decided.isPresent() && direct) {
                    Finding finding = TLS_DISAGREES.at(
                            decided.get(),
                            "%s calls %s on port %d in vain: %s; it gets 503 with flag %s"
                                    .formatted(
                                            client,
                                            service,
                                            port.number(),
                                            broken.failure().sentence(),
                                            broken.failure().flag()));
                    // Of all the hosts of a wildcard nobody knows which are called.
                    return Optional.of(HostName.isWildcard(rule.host()) ? finding.as(Severity.WARNING) : finding);
                }
            }
        }
        return Optional.empty();
    }

    /** A sidecar and a gateway that heed this rule when they call the service speak for all others that do. */
    private static List<Pod> callers(Mesh mesh, DestinationRule rule, Service service) {
        return Stream.of(false, true)
                .flatMap(gateway -> mesh.namespaces().names().stream()
                        .flatMap(namespace -> mesh.pods().in(namespace).stream()
                                .filter(pod -> pod.proxy().inMesh().isYes()
                                        && pod.proxy().isGateway() == gateway)
                                .filter(pod ->
                                        rule.clients().map(pod::isSelectedBy).orElse(true))
                                .limit(1))
                        .filter(pod -> mesh.destinationRules()
                                .seenBy(Client.of(pod), service)
                                .map(seen -> seen.parts().contains(rule.source().manifest()))
                                .orElse(false))
                        .limit(1))
                .toList();
    }
}
