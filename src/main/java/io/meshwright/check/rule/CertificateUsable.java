package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.Source;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Secret that lies open among the manifests can be read as the gateway will read it; what is sealed or made elsewhere
 * cannot, and of time nothing is known.
 */
public final class CertificateUsable implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.gateways().all().stream()
                .flatMap(gateway -> gateway.servers().stream()
                        .filter(server -> server.isTls() && !server.isPassthrough())
                        .flatMap(server -> findings(mesh, gateway, server)));
    }

    private static Stream<Finding> findings(Mesh mesh, Gateway gateway, Server server) {
        String name = server.tls().credentialName().orElse("");
        return UsualGateway.namespaces(mesh, gateway).stream()
                .flatMap(namespace -> mesh.manifests().find(Kind.SECRET, namespace, name).stream())
                .flatMap(secret -> finding(server.source().at("/tls/credentialName"), secret).stream())
                .limit(1);
    }

    private static Optional<Finding> finding(Source place, Manifest secret) {
        return new CertificateText(secret)
                .flaw()
                .map(flaw -> Rule.CERTIFICATE_UNUSABLE.at(
                        place, "%s %s, so the server ends every TLS handshake".formatted(secret, flaw)));
    }
}
