package io.meshwright.check.admission.sidecar;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.PoolRules;
import io.meshwright.check.admission.part.PortRules;
import io.meshwright.check.admission.part.ServerTlsRules;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks to whom an inbound listener of a Sidecar passes requests on, and the TLS that it ends. */
final class InboundRules {
    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]]*)):([-+]?[0-9]{1,9})");
    private static final Set<String> LOCAL = Set.of("", "127.0.0.1", "0.0.0.0", "::1", "::");
    private static final int HIGHEST = 65_535;

    private InboundRules() {}

    static void examine(Field listener) {
        endpoint(listener.at("defaultEndpoint"));
        Field protocol = listener.at("port").at("protocol");
        if (listener.at("tls").isSet()) {
            tls(listener.at("tls"), protocol);
        }
        PoolRules.examine(listener.at("connectionPool"));
        Field http = listener.at("connectionPool").at("http");
        if (http.isSet() && !PortRules.isHttp(protocol)) {
            http.warn(
                    "limits of HTTP do nothing on a port of protocol %s"
                            .formatted(protocol.isEmpty() ? "unknown" : protocol.text()),
                    "Write tcp limits, or protocol HTTP.");
        }
    }

    private static void endpoint(Field endpoint) {
        if (Address.isUnix(endpoint.text())) {
            Address.examineUnix(endpoint);
        } else if (!endpoint.isEmpty() && !isLocal(endpoint.text())) {
            endpoint.refuse(
                    "\"%s\" is no endpoint of the pod".formatted(endpoint.text()),
                    "Write 127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix:///PATH.");
        }
    }

    private static boolean isLocal(String text) {
        Matcher parts = ENDPOINT.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        int port = Integer.parseInt(parts.group(3));
        return LOCAL.contains(parts.group(1) == null ? parts.group(2) : parts.group(1)) && port >= 1 && port <= HIGHEST;
    }

    private static void tls(Field tls, Field protocol) {
        for (String field : List.of("subjectAltNames", "credentialName", "credentialNames", "tlsCertificates")) {
            if (!tls.at(field).isEmpty()) {
                tls.at(field)
                        .refuse(
                                "a Sidecar does not read %s".formatted(field),
                                "Write serverCertificate and privateKey.");
            }
        }
        if (tls.at("httpsRedirect").isTrue()) {
            tls.at("httpsRedirect").refuse("a Sidecar does not redirect to HTTPS", "Redirect at the gateway.");
        }
        if (Set.of("ISTIO_MUTUAL", "AUTO_PASSTHROUGH").contains(tls.at("mode").text())) {
            tls.at("mode")
                    .refuse(
                            "a Sidecar ends no TLS of mode %s"
                                    .formatted(tls.at("mode").text()),
                            "Write SIMPLE or MUTUAL; mutual TLS of the mesh is for PeerAuthentication.");
        }
        if (!PortRules.isTls(protocol)) {
            protocol.refuse("a port of protocol \"%s\" has no TLS".formatted(protocol.text()), "Write HTTPS or TLS.");
        }
        ServerTlsRules.examine(tls);
    }
}
