package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.CertificateOrigin;
import java.util.List;

/** Certificates that cert-manager renews have an issuer. */
public final class CertificatesHaveIssuer implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.certificates() != null
                ? List.of()
                : ListenerCertificates.from(environment, CertificateOrigin.CERT_MANAGER).stream()
                        .map(source -> new InvalidValue(source, "'certManager' has no issuer", "declare certificates"))
                        .toList();
    }
}
