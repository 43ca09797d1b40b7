package io.meshwright.incident.cause;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The reasons for which a proxy and a server did not agree on TLS.
 *
 * @param said by the transport, in small letters and with blanks
 * @param server as a sentence calls it
 * @param rule adds the DestinationRule that decides about TLS, where there is one
 */
record TlsCauses(String said, String server, UnaryOperator<Cause> rule) {
    private static final Pattern REASON = Pattern.compile("openssl internal:([a-z0-9 ]+)");

    /** By the words of BoringSSL; an alert is what the server said. */
    List<Cause> causes() {
        List<Cause> causes = new ArrayList<>();
        if (said.contains("wrong version number")) {
            causes.add(rule.apply(Cause.of(
                    "the proxy began TLS and %s answered in plain text".formatted(server),
                    "Let the DestinationRule say no TLS for it, or give the server a sidecar or a certificate.")));
        }
        if (said.contains("certificate verify failed") || said.matches(".*\\bsan\\b.*")) {
            causes.add(
                    rule.apply(
                            Cause.of(
                                    "the proxy does not trust the certificate of %s".formatted(server),
                                    "Compare caCertificates, subjectAltNames and sni of the DestinationRule with the certificate that it shows.")));
        }
        if (said.contains("certificate expired") || said.contains("unknown ca") || said.contains("bad certificate")) {
            causes.add(
                    rule.apply(
                            Cause.of(
                                    "%s refused the certificate that the proxy shows: it has expired, or is of a root that the server does not know"
                                            .formatted(server),
                                    "Look at both by istioctl proxy-config secret, at the clocks of the nodes, and whether both sides have one root.")));
        }
        if (said.contains("connection reset") || said.contains("system library")) {
            causes.add(
                    rule.apply(
                            Cause.of(
                                    "%s broke off while TLS began: it speaks none there, expects PROXY protocol first, or does not know the name that it was shown"
                                            .formatted(server),
                                    "Call that port with openssl s_client -connect and -servername; compare tls.mode and sni of the DestinationRule.")));
        }
        if (causes.isEmpty()) {
            causes.add(
                    rule.apply(
                            Cause.of(
                                    "%s and the proxy did not agree on TLS%s: one demands a client certificate, a name, or other versions and ciphers"
                                            .formatted(server, alert()),
                                    "Use ISTIO_MUTUAL towards servers of the mesh, MUTUAL towards others that ask for a certificate, and sni for a server of several names.")));
        }
        return causes;
    }

    /** The words of BoringSSL: {@code (tlsv1 alert protocol version)}. */
    private String alert() {
        Matcher reason = REASON.matcher(said);
        return reason.find() ? " (%s)".formatted(reason.group(1).strip()) : "";
    }
}
