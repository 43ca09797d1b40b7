package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Tls;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The keys by which the gateway's listeners say from where their certificates come. */
public final class ListenerCertificates {
    private ListenerCertificates() {}

    /** The places of those that come from this origin. */
    static List<KeyPath> from(Environment environment, CertificateOrigin origin) {
        List<Listener> listeners = environment.gateway().listeners();
        return IntStream.range(0, listeners.size())
                .filter(i -> isFrom(listeners.get(i).tls(), origin))
                .mapToObj(
                        i -> KeyPath.of("gateway.listeners").index(i).key("tls").key("source"))
                .toList();
    }

    private static boolean isFrom(@Nullable Tls tls, CertificateOrigin origin) {
        return tls != null && tls.source() == origin;
    }
}
