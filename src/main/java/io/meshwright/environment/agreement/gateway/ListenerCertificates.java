package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Tls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys by which the gateways' listeners say from where their certificates come. */
public final class ListenerCertificates {
    private ListenerCertificates() {}

    /** The places of those that come from this origin. */
    static List<KeyPath> from(Environment environment, CertificateOrigin origin) {
        return DeclaredListener.of(environment)
                .flatMap(List::stream)
                .filter(declared -> isFrom(declared.listener().tls(), origin))
                .map(declared -> declared.at().key("tls").key("source"))
                .toList();
    }

    private static boolean isFrom(@Nullable Tls tls, CertificateOrigin origin) {
        return tls != null && tls.source() == origin;
    }
}
