package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.CertificateOrigin;
import java.util.List;

/** Certificates that External Secrets copies have a store that they come from. */
public final class SyncedCertificatesHaveStore implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.secrets().store() != null
                ? List.of()
                : ListenerCertificates.from(environment, CertificateOrigin.EXTERNAL_SECRET).stream()
                        .map(source ->
                                new InvalidValue(source, "\"externalSecret\" has no store", "declare secrets.store"))
                        .toList();
    }
}
