package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.GatewaySecrets;
import io.meshwright.mesh.gateway.Server;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A server that asks clients for a certificate reads its CA from the Secret beside its own certificate's, or from that
 * one; without it the proxy never gets the listener (pilot/pkg/credentials/kube/secrets.go).
 */
@AutoService(Inspection.class)
public final class ClientCaBesideGateway implements Check {
    public static final Rule CLIENT_CA_MISSING = Rule.error("MESH158", "client_ca_missing")
            .title("Clients must show a certificate, but the gateway has no CA to verify it with")
            .consequence("The server ends every TLS handshake.")
            .remedy(
                    "Put the CA as ca.crt into the Secret named like the certificate's with -cacert behind it, or use mode"
                            + " SIMPLE.");

    private static final List<String> MODES = List.of("MUTUAL", "OPTIONAL_MUTUAL");
    private static final List<String> CA = List.of("cacert", "ca.crt");
    private static final String SUFFIX = "-cacert";

    @Override
    public List<Rule> rules() {
        return List.of(CLIENT_CA_MISSING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        GatewaySecrets secrets = mesh.gatewaySecrets();
        return mesh.gateways().all().stream()
                .flatMap(gateway ->
                        gateway.servers().stream().flatMap(server -> finding(mesh, gateway, server, secrets)));
    }

    private static Stream<Finding> finding(Mesh mesh, Gateway gateway, Server server, GatewaySecrets secrets) {
        Optional<String> name = server.tls().credentialName();
        if (name.isEmpty() || !MODES.contains(server.tls().mode())) {
            return Stream.empty();
        }
        return UsualGateway.namespaces(mesh, gateway).stream()
                .filter(namespace -> lacksCa(mesh, secrets, namespace, name.get()))
                .limit(1)
                .map(namespace -> CLIENT_CA_MISSING.at(
                        server.source().at("/tls/mode"),
                        ("no Secret \"%s%s\" or \"%s\" in namespace \"%s\" holds the CA of clients, so every "
                                        + "handshake ends")
                                .formatted(name.get(), SUFFIX, name.get(), namespace)));
    }

    private static boolean lacksCa(Mesh mesh, GatewaySecrets secrets, String namespace, String name) {
        if (mesh.externals().hasSecret(namespace, name.concat(SUFFIX))) {
            return false;
        }
        String read = secrets.has(namespace, name.concat(SUFFIX)) ? name.concat(SUFFIX) : name;
        Optional<Set<String>> keys = secrets.keys(namespace, read);
        return keys.isPresent() && keys.get().stream().noneMatch(CA::contains);
    }
}
