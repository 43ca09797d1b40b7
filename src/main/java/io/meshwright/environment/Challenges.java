package io.meshwright.environment;

import io.meshwright.value.Host;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import java.util.List;

/** The hosts whose certificates need an answer on port 80, where the authority asks by HTTP-01. */
public final class Challenges {
    /** Every path below it may be asked for (RFC 8555, 8.3). */
    public static final String PATH = "/.well-known/acme-challenge/";

    private static final int PORT = 80;

    private Challenges() {}

    /** Those of one gateway, in the order of the file. */
    public static List<Host> of(Environment environment, GatewayEntry entry) {
        return entry.gateway().listeners().stream()
                .flatMap(listener -> listener.hosts().stream().filter(host -> isAsked(environment, listener, host)))
                .distinct()
                .toList();
    }

    /** True if the certificate that a listener shows for one of its hosts is proven so. */
    public static boolean isAsked(Environment environment, Listener listener, Host host) {
        Tls tls = listener.tls();
        Certificates certificates = environment.certificates();
        return certificates != null
                && tls != null
                && tls.source() == CertificateOrigin.CERT_MANAGER
                && tls.issuer() == null
                && certificates.provesByHttp(host);
    }

    /** True if the authority comes by this listener. */
    public static boolean arriveAt(Listener listener) {
        return listener.protocol() == Scheme.HTTP && listener.port().value() == PORT;
    }

    /**
     * The listeners that send everything to HTTPS but answers of challenges: a redirect of the server itself would take
     * the whole host with it.
     */
    public static List<Listener> redirecting(Environment environment, GatewayEntry entry) {
        List<Host> asked = of(environment, entry);
        return entry.gateway().listeners().stream()
                .filter(listener -> arriveAt(listener)
                        && listener.redirectToHttps()
                        && asked.stream().anyMatch(listener::serves))
                .toList();
    }
}
