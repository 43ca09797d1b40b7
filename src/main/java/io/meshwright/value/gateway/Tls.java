package io.meshwright.value.gateway;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.pod.ObjectName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The certificate of a listener and where it comes from. */
@Doc("The certificate of a listener and where it comes from.")
public record Tls(
        @Required @Doc("Secret of type kubernetes.io/tls in the gateway pods' namespace.")
        ObjectName credentialName,

        @Defaulted @Doc("SIMPLE, or MUTUAL with a client certificate; default SIMPLE.")
        TlsMode mode,

        @Defaulted @Doc("Lowest protocol version; default TLSV1_2.")
        MinimumVersion minProtocolVersion,

        @Defaulted
        @Doc("existing: somebody makes the Secret; externalSecret: synced from the secret store; certManager:"
                + " issued here.")
        CertificateOrigin source,

        @Defaulted
        @Doc("Key in the secret store, for source externalSecret; key#property takes one property of a value"
                + " that has several; default: the credential's name.")
        String remoteKey,

        @Defaulted
        @Doc("Key in the secret store of the CA whose certificates clients must show, for mode MUTUAL; without a"
                + " store the Secret of this name is made by hand; default: the credential's name with -cacert.")
        String clientCaKey,

        @Nullable
        @Doc(
                "ClusterIssuer that somebody else makes, for source certManager; default: the one that certificates makes.")
        Name issuer) {
    private static final String CLIENT_CA_SUFFIX = "-cacert";

    public Tls {
        Require.present("credentialName", credentialName);
        mode = mode == null ? TlsMode.SIMPLE : mode;
        minProtocolVersion = minProtocolVersion == null ? MinimumVersion.TLSV1_2 : minProtocolVersion;
        source = source == null ? CertificateOrigin.EXISTING : source;
        remoteKey = remoteKey == null ? credentialName.toString() : remoteKey;
        Require.that(
                clientCaKey == null || mode == TlsMode.MUTUAL,
                "clientCaKey",
                "SIMPLE asks clients for no certificate",
                "use mode: MUTUAL, or remove it");
        remoteKey("remoteKey", remoteKey);
        clientCaKey = clientCaKey == null ? credentialName + CLIENT_CA_SUFFIX : clientCaKey;
        remoteKey("clientCaKey", clientCaKey);
        Require.that(
                issuer == null || source == CertificateOrigin.CERT_MANAGER,
                "issuer",
                "\"%s\" issues nothing for a certificate that comes from elsewhere".formatted(issuer),
                "use source: certManager, or remove it");
    }

    private static void remoteKey(String key, String remote) {
        Require.that(
                remote.matches("[^#]+(#[^#]+)?"),
                key,
                "%s is no key of a store".formatted(Plain.quoted(remote)),
                "write key, or key#property");
    }

    /** True if the other's Secret is made as this one's is. */
    public boolean isTheSame(Tls other) {
        return source == other.source && remoteKey.equals(other.remoteKey) && Objects.equals(issuer, other.issuer);
    }

    /**
     * Name of the Secret in which a gateway looks for the CA of its clients (istio.io, Gateway,
     * {@code credentialName}).
     */
    public ObjectName clientCaSecret() {
        return ObjectName.of(credentialName + CLIENT_CA_SUFFIX);
    }
}
