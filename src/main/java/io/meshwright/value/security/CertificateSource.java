package io.meshwright.value.security;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.List;

/** The maker of the Secret that a listener's {@code credentialName} means. */
public sealed interface CertificateSource {
    /** Somebody makes it by hand, before the first sync. */
    static CertificateSource existing() {
        return new Existing();
    }

    /**
     * External Secrets keeps it equal to one entry of a store: PEM text with the certificate chain and its private key.
     */
    static CertificateSource synced(Name store, String remoteKey) {
        return new Synced(store, remoteKey);
    }

    /** cert-manager asks the issuer for it and renews it. */
    static CertificateSource issued(Name issuer, List<Host> hosts) {
        return new Issued(issuer, hosts);
    }

    /** Made by hand. */
    record Existing() implements CertificateSource {}

    /** Synced from a ClusterSecretStore. */
    record Synced(Name store, String remoteKey) implements CertificateSource {
        public Synced {
            Require.present("store", store);
            Require.notBlank("remoteKey", remoteKey);
        }
    }

    /** Issued by a ClusterIssuer. */
    record Issued(Name issuer, List<Host> hosts) implements CertificateSource {
        public Issued {
            Require.present("issuer", issuer);
            hosts = List.copyOf(Require.notEmpty("hosts", hosts));
            Require.that(
                    !hosts.contains(Host.of("*")),
                    "hosts",
                    "\"*\" is every host, which no certificate names",
                    "name the listener's hosts");
        }
    }
}
