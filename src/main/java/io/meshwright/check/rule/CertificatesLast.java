package io.meshwright.check.rule;

import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.value.Day;
import java.util.stream.Stream;

/** Browsers refuse a certificate whose last day is over; asked about a given day only. */
public final class CertificatesLast {
    private CertificatesLast() {}

    /** Certificates of gateways that lie open among the manifests and end before {@code today}. */
    public static Stream<Finding> over(Manifests manifests, Day today) {
        Mesh mesh = Mesh.of(manifests);
        return mesh.gateways().all().stream()
                .flatMap(gateway -> gateway.servers().stream()
                        .filter(server -> server.isTls() && !server.isPassthrough())
                        .flatMap(server -> finding(mesh, gateway, server, today)));
    }

    private static Stream<Finding> finding(Mesh mesh, Gateway gateway, Server server, Day today) {
        String name = server.tls().credentialName().orElse("");
        return UsualGateway.namespaces(mesh, gateway).stream()
                .flatMap(namespace -> mesh.manifests().find(Kind.SECRET, namespace, name).stream())
                .flatMap(secret -> new CertificateText(secret)
                        .last().filter(last -> last.isBefore(today.date())).stream()
                                .map(last -> Rule.CERTIFICATE_EXPIRED.at(
                                        server.source().at("/tls/credentialName"),
                                        "the certificate in %s is valid until %s only, so clients refuse it"
                                                .formatted(secret, last))))
                .limit(1);
    }
}
