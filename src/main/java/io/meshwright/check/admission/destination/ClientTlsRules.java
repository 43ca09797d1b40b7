package io.meshwright.check.admission.destination;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Set;

/** TLS that callers begin: which certificates go with which mode. */
final class ClientTlsRules {
    private static final String CONFIG_MAP = "configmap://";
    private static final Set<String> OWN_CERTIFICATES = Set.of("SIMPLE", "MUTUAL");

    private ClientTlsRules() {}

    static void examine(Field tls) {
        String mode = tls.at("mode").text();
        boolean named = !tls.at("credentialName").isEmpty();
        configMap(tls.at("credentialName"));
        if (tls.at("insecureSkipVerify").isTrue() && OWN_CERTIFICATES.contains(mode)) {
            for (String field : List.of("caCertificates", "subjectAltNames", "credentialName")) {
                // With MUTUAL the credential may hold the client's own certificate alone.
                boolean verifies =
                        !tls.at(field).isEmpty() && !(mode.equals("MUTUAL") && field.equals("credentialName"));
                if (verifies) {
                    tls.at(field)
                            .refuse(
                                    "%s verifies the server and insecureSkipVerify forbids it".formatted(field),
                                    "Remove insecureSkipVerify.");
                }
            }
        }
        if (OWN_CERTIFICATES.contains(mode) && named) {
            files(tls);
        } else if (mode.equals("MUTUAL")) {
            required(tls);
        }
    }

    private static void files(Field tls) {
        for (String field : List.of("clientCertificate", "caCertificates", "privateKey", "caCrl")) {
            if (!tls.at(field).isEmpty()) {
                tls.at(field)
                        .refuse(
                                "certificates come either from credentialName or from files",
                                "Remove %s.".formatted(field));
            }
        }
    }

    private static void required(Field tls) {
        for (String field : List.of("clientCertificate", "privateKey")) {
            if (tls.at(field).isEmpty()) {
                tls.at(field).refuse("mode MUTUAL needs %s".formatted(field), "Write it, or credentialName.");
            }
        }
    }

    private static void configMap(Field name) {
        if (name.version().readsCertificatesFromConfigMaps() && name.text().startsWith(CONFIG_MAP)) {
            String[] parts = name.text().substring(CONFIG_MAP.length()).split("/", -1);
            boolean whole = parts.length > 1 && !parts[0].isEmpty() && !parts[1].isEmpty();
            if (!whole
                    || name.manifest()
                            .namespace()
                            .map(own -> !own.equals(parts[0]))
                            .orElse(false)) {
                name.refuse(
                        "\"%s\" is no ConfigMap of this namespace".formatted(name.text()),
                        "Write configmap://namespace/name with the namespace of the object.");
            }
        }
    }
}
