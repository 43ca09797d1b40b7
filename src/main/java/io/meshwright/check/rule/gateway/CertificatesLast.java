package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.CalendarCheck;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CertificateText;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.value.Day;
import java.util.List;
import java.util.stream.Stream;

/** Browsers refuse a certificate whose last day is over; asked about a given day only. */
@AutoService(Inspection.class)
public final class CertificatesLast implements CalendarCheck {
    public static final Rule CERTIFICATE_EXPIRED = Rule.error("MESH161", "certificate_expired")
            .title("The last day of a certificate is over")
            .twins("IST0161")
            .consequence("Clients refuse the connection. Found with --today only, and only of Secrets that lie open.")
            .remedy("Renew it; better, let cert-manager write the Secret.");

    @Override
    public List<Rule> rules() {
        return List.of(CERTIFICATE_EXPIRED);
    }

    @Override
    public Stream<Finding> run(Manifests manifests, Day today) {
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
                                .map(last -> CERTIFICATE_EXPIRED.at(
                                        server.source().at("/tls/credentialName"),
                                        "the certificate in %s is valid until %s only, so clients refuse it"
                                                .formatted(secret, last))))
                .limit(1);
    }
}
