package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** TLS that a gateway or sidecar ends: which certificates go with which mode, and with which protocol. */
public final class ServerTlsRules {
    private static final String PASSTHROUGH = "PASSTHROUGH";
    private static final Set<String> PASSES = Set.of(PASSTHROUGH, "AUTO_PASSTHROUGH");
    private static final Set<String> MUTUAL = Set.of("MUTUAL", "OPTIONAL_MUTUAL");
    private static final List<String> FILES = List.of("serverCertificate", "privateKey", "caCertificates");
    private static final List<String> OTHERS = List.of("tlsCertificates", "credentialName", "credentialNames");
    private static final Set<String> CIPHERS = Set.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA",
            "DES-CBC3-SHA");

    private ServerTlsRules() {}

    /** Refuses settings that the protocol of the server's port does not take. */
    public static void fits(Field tls, Field server) {
        Field protocol = server.at("port").at("protocol");
        boolean http = PortRules.isHttp(protocol);
        if (!http && tls.at("httpsRedirect").isTrue()) {
            tls.at("httpsRedirect")
                    .warn("only a server of plain HTTP can redirect to HTTPS", "Move it to that server.");
        }
        boolean ends = FILES.stream().anyMatch(file -> !tls.at(file).isEmpty()) || !PASSES.contains(mode(tls));
        if (PortRules.isTls(protocol) && !tls.isSet()) {
            server.refuse(
                    "a port of protocol %s needs tls".formatted(protocol.text()), "Write tls.mode and credentialName.");
        } else if (!PortRules.isTls(protocol) && tls.isSet() && (!http || ends)) {
            tls.refuse(
                    "a port of protocol %s has no TLS".formatted(protocol.text()),
                    "Write protocol HTTPS or TLS, or remove all but httpsRedirect.");
        }
    }

    public static void examine(Field tls) {
        ciphers(tls);
        String mode = mode(tls);
        if (mode.equals("ISTIO_MUTUAL")) {
            Stream.concat(FILES.stream(), OTHERS.stream())
                    .map(tls::at)
                    .filter(field -> !field.isEmpty())
                    .forEach(field -> field.refuse(
                            "mode ISTIO_MUTUAL has the mesh's certificates and no %s".formatted(field.key()),
                            "Remove it, or write mode MUTUAL."));
        } else if (tls.isSet()) {
            boolean certified = !tls.at("caCrl").isEmpty()
                    || Stream.concat(FILES.stream(), OTHERS.stream())
                            .anyMatch(field -> !tls.at(field).isEmpty());
            if (PASSES.contains(mode) && certified) {
                tls.warn(
                        "in mode %s the certificates are ignored".formatted(mode),
                        "Remove them, or write mode SIMPLE.");
            }
            oneSource(tls);
            boolean named = !tls.at("credentialName").isEmpty()
                    || !tls.at("credentialNames").isEmpty();
            if (PASSES.contains(mode) || !named) {
                files(tls, mode);
            }
        }
    }

    private static String mode(Field tls) {
        return tls.at("mode").isEmpty() ? PASSTHROUGH : tls.at("mode").text();
    }

    private static void oneSource(Field tls) {
        boolean files =
                !tls.at("serverCertificate").isEmpty() && !tls.at("privateKey").isEmpty();
        long sources = OTHERS.stream().filter(field -> !tls.at(field).isEmpty()).count() + (files ? 1 : 0);
        if (tls.version().takesSeveralCertificates() && sources > 1) {
            tls.refuse("certificates come from several places", "Keep credentialName alone.");
        }
    }

    private static void files(Field tls, String mode) {
        boolean mutual = MUTUAL.contains(mode);
        if (mutual) {
            required(tls, "caCertificates", mode);
        }
        if (mutual || mode.equals("SIMPLE")) {
            List<Field> pairs = tls.at("tlsCertificates").isEmpty()
                    ? List.of(tls)
                    : tls.at("tlsCertificates").items();
            pairs.forEach(
                    pair -> List.of("serverCertificate", "privateKey").forEach(file -> required(pair, file, mode)));
        }
        Field list = tls.at("caCrl");
        if (!list.isEmpty()
                && (mode.equals("SIMPLE") || !tls.at("credentialName").isEmpty())) {
            list.refuse(
                    "a revocation list stands beside client certificates in files only",
                    "Write mode MUTUAL, or put the list into the Secret.");
        }
    }

    private static void required(Field pair, String file, String mode) {
        if (pair.at(file).isEmpty()) {
            pair.at(file).refuse("mode %s needs %s".formatted(mode, file), "Write credentialName, or the file.");
        }
    }

    private static void ciphers(Field tls) {
        Field suites = tls.at("cipherSuites");
        if (Set.of("TLSV1_0", "TLSV1_1").contains(tls.at("minProtocolVersion").text()) && suites.isEmpty()) {
            tls.at("minProtocolVersion")
                    .warn(
                            "no cipher suite of the proxy's own list goes with versions below 1.2",
                            "List cipherSuites, or write TLSV1_2.");
        }
        Set<String> seen = new TreeSet<>();
        for (Field suite : suites.items()) {
            boolean plain =
                    !suite.isEmpty() && Character.isLetterOrDigit(suite.text().charAt(0));
            if (plain && !suite.text().equals("ALL") && !CIPHERS.contains(suite.text())) {
                suite.warn("\"%s\" is no cipher suite of Envoy and is ignored".formatted(suite.text()), "Remove it.");
            } else if (!seen.add(suite.text())) {
                suite.warn("\"%s\" is in the list already".formatted(suite.text()), "Remove it.");
            }
        }
    }
}
