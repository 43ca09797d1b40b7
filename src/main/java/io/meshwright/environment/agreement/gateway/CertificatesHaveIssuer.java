package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Certificates;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Certificates that cert-manager renews have an issuer, which can prove that their hosts are ours. */
public final class CertificatesHaveIssuer implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredListener.of(environment)
                .flatMap(List::stream)
                .filter(declared -> isIssuedHere(declared.listener().tls()))
                .forEach(declared -> refuse(environment.certificates(), declared, refusals));
        return refusals;
    }

    private static boolean isIssuedHere(@Nullable Tls tls) {
        return tls != null && tls.source() == CertificateOrigin.CERT_MANAGER && tls.issuer() == null;
    }

    private static void refuse(
            @Nullable Certificates certificates, DeclaredListener declared, List<InvalidValue> refusals) {
        if (certificates == null) {
            refusals.add(new InvalidValue(
                    declared.at().key("tls").key("source"),
                    "\"certManager\" has no issuer",
                    "declare certificates, or name an issuer of your own in tls.issuer"));
            return;
        }
        List<Host> hosts = declared.listener().hosts();
        for (int i = 0; i < hosts.size(); i++) {
            if (!isProvable(certificates, hosts.get(i))) {
                refusals.add(refusal(
                        certificates, hosts.get(i), declared.at().key("hosts").index(i)));
            }
        }
    }

    private static boolean isProvable(Certificates certificates, Host host) {
        return certificates.ca() != null || certificates.provesByDns(host) || certificates.provesByHttp(host);
    }

    private static InvalidValue refusal(Certificates certificates, Host host, KeyPath at) {
        return certificates.http01()
                ? new InvalidValue(
                        at,
                        "\"%s\" is a wildcard, which HTTP-01 does not prove".formatted(host),
                        "name its hosts one by one, add its zone and a proof by DNS to certificates, or name an issuer of"
                                + " your own in tls.issuer")
                : new InvalidValue(
                        at,
                        "\"%s\" is in none of certificates.zones (%s), so that nobody issues its certificate"
                                .formatted(
                                        host,
                                        certificates.zones().stream()
                                                .map(Host::toString)
                                                .collect(Collectors.joining(", "))),
                        "add its zone there, or name an issuer of your own in tls.issuer");
    }
}
