package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Browsers reuse one HTTP/2 connection for all hosts of a certificate, and each HTTPS server knows only its own hosts.
 */
@AutoService(Inspection.class)
public final class OneGatewayPerCertificate implements Check {
    public static final Rule CERTIFICATE_SHARED = Rule.warning("MESH153", "certificate_shared")
            .title("Two Gateways of the same pods use one certificate")
            .twins("IST0138")
            .consequence("Browsers reuse an HTTP/2 connection for hosts of the other Gateway and get 404.")
            .remedy("Serve all hosts of a certificate by one Gateway.");

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
