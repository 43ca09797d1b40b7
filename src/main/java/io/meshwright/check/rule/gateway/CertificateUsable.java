package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CertificateText;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Secret that lies open among the manifests can be read as the gateway will read it; what is sealed or made elsewhere
 * cannot, and of time nothing is known.
 */
@AutoService(Inspection.class)
public final class CertificateUsable implements Check {
    public static final Rule CERTIFICATE_UNUSABLE = Rule.error("MESH159", "certificate_unusable")
            .title("The Secret of a certificate is none that a gateway can use")
            .twins("IST0161")
            .consequence("The server ends every TLS handshake.")
            .remedy("Put a certificate and its key in PEM under tls.crt and tls.key; better, let cert-manager write the"
                    + " Secret.");

    @Override
    public List<Rule> rules() {
        return List.of(CERTIFICATE_UNUSABLE);
    }

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
                .map(flaw -> CERTIFICATE_UNUSABLE.at(
                        place, "%s %s, so the server ends every TLS handshake".formatted(secret, flaw)));
    }
}
