package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.CertifiedHosts;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Browsers reuse one HTTP/2 connection for all hosts of a certificate, and each HTTPS server knows only its own hosts.
 */
@AutoService(Inspection.class)
public final class OneGatewayPerCertificate implements Check {
    public static final Rule CERTIFICATE_SHARED = Rule.warning("MESH153", "certificate_shared")
            .title("Two Gateways of the same pods, or two servers of one, use one certificate")
            .twins("IST0138")
            .consequence("Browsers reuse an HTTP/2 connection for hosts of the other Gateway and get 404.")
            .remedy(
                    "Serve all hosts of a certificate by one server of one Gateway, or give each server one of its own.");

    private record Use(Gateway gateway, Server server) {}

    @Override
    public List<Rule> rules() {
        return List.of(CERTIFICATE_SHARED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, List<Use>> uses = new TreeMap<>();
        for (Gateway gateway : mesh.gateways().all()) {
            gateway.servers().stream()
                    .filter(server -> server.isTls() && server.isHttp())
                    .forEach(server -> server.tls()
                            .credentialName()
                            .ifPresent(name -> uses.computeIfAbsent(name, none -> new ArrayList<>())
                                    .add(new Use(gateway, server))));
        }
        Stream<Finding> within = mesh.gateways().opening().stream().flatMap(gateway -> within(mesh, gateway));
        return Stream.concat(within, across(mesh, uses));
    }

    /** Servers and listeners of one object know the hosts of the others as little; upstream does not look at them. */
    private static Stream<Finding> within(Mesh mesh, Gateway gateway) {
        List<Server> servers = gateway.servers().stream()
                .filter(server -> server.isTls() && server.isHttp())
                .filter(server -> server.tls().credentialName().isPresent())
                .toList();
        List<Finding> findings = new ArrayList<>();
        Set<Source> told = new HashSet<>();
        for (Server server : servers) {
            List<Server> others = servers.stream()
                    .filter(other -> isNeighbour(server, other) && namesBoth(mesh, gateway, server, other))
                    .toList();
            if (!others.isEmpty() && !told.contains(server.source())) {
                findings.add(shared(server, others));
                others.forEach(other -> told.add(other.source()));
            }
        }
        return findings.stream();
    }

    private static Finding shared(Server server, List<Server> others) {
        Set<String> hosts = new TreeSet<>();
        others.forEach(other -> hosts.addAll(other.hostNames()));
        return CERTIFICATE_SHARED
                .at(
                        certificate(server),
                        "what port %d serves for %s has the certificate too: browsers reuse one's connection for the other and get 404"
                                .formatted(server.port(), String.join(", ", hosts)))
                .as(Severity.INFO);
    }

    private static boolean isNeighbour(Server one, Server other) {
        return one != other
                && one.port() == other.port()
                && one.tls().credentialName().equals(other.tls().credentialName())
                && one.secretNamespace().equals(other.secretNamespace())
                && !one.hostNames().equals(other.hostNames());
    }

    /** Browsers reuse a connection for names of its certificate alone, as far as that is among the manifests. */
    private static boolean namesBoth(Mesh mesh, Gateway gateway, Server one, Server other) {
        String secret = one.tls().credentialName().orElseThrow();
        return one.secretNamespace().map(Set::of).orElseGet(() -> UsualGateway.namespaces(mesh, gateway)).stream()
                .flatMap(namespace -> CertifiedHosts.of(mesh, namespace, secret).stream())
                .allMatch(certified -> Stream.of(one, other)
                        .allMatch(server -> server.hostNames().stream().anyMatch(certified::cover)));
    }

    private static Source certificate(Server server) {
        Source reference = server.source().at("/tls/certificateRefs/0");
        return reference.value().isMissingNode() ? server.source().at("/tls/credentialName") : reference;
    }

    private static Stream<Finding> across(Mesh mesh, Map<String, List<Use>> uses) {
        return uses.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .flatMap(use -> other(mesh, use, entry.getValue()).stream()
                                .map(rival -> CERTIFICATE_SHARED.at(
                                        use.server().source().at("/tls/credentialName"),
                                        ("%s serves other hosts with certificate \"%s\" too: browsers reuse the "
                                                        + "connection and get 404 for the other's hosts")
                                                .formatted(rival.gateway().manifest(), entry.getKey())))));
    }

    private static Optional<Use> other(Mesh mesh, Use use, List<Use> all) {
        return all.stream()
                .filter(rival ->
                        Rivals.differ(rival.gateway().manifest(), use.gateway().manifest()))
                .filter(rival ->
                        wider(use.gateway(), rival.gateway()) && samePods(mesh, rival.gateway(), use.gateway()))
                .findFirst();
    }

    /** Of two Gateways the one for more pods is told, of equals both. */
    private static boolean wider(Gateway one, Gateway other) {
        return other.selector()
                .labels()
                .entrySet()
                .containsAll(one.selector().labels().entrySet());
    }

    private static boolean samePods(Mesh mesh, Gateway one, Gateway other) {
        boolean unknown = mesh.gateways().pods(one).isEmpty()
                && mesh.gateways().pods(other).isEmpty();
        return unknown
                ? one.selector().compatible(other.selector())
                : mesh.gateways().pods(one).stream().anyMatch(mesh.gateways().pods(other)::contains);
    }
}
