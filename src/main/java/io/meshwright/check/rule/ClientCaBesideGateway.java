package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A server that asks clients for a certificate reads its CA from the Secret beside its own certificate's, or from that
 * one; without it the proxy never gets the listener (pilot/pkg/credentials/kube/secrets.go).
 */
public final class ClientCaBesideGateway implements Check {
    private static final List<String> MODES = List.of("MUTUAL", "OPTIONAL_MUTUAL");
    private static final List<String> CA = List.of("cacert", "ca.crt");
    private static final String SUFFIX = "-cacert";

    @Override
    public Stream<Finding> run(Mesh mesh) {
        GatewaySecrets secrets = GatewaySecrets.of(mesh.manifests());
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
                .map(namespace -> Rule.CLIENT_CA_MISSING.at(
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
