package io.meshwright.heal;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/** TLS that this program ends itself, where no proxy of a mesh does: both sides show certificates. */
final class MutualTls {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String HEAD = "-----BEGIN PRIVATE KEY-----";
    private static final int URI = 6; // kind of a subjectAltName (RFC 5280, 4.2.1.6)
    private static final char[] NO_PASSWORD = new char[0];

    private MutualTls() {}

    /**
     * TLS of a server.
     *
     * @param certificate its certificate, and those between it and the authority, in PEM
     * @param key its private key in PEM, as PKCS #8
     * @param clients who signs clients' certificates, in PEM
     * @throws InvalidValue when a file does not hold what it should
     */
    static SSLContext of(Path certificate, Path key, Path clients) {
        try {
            KeyStore own = empty();
            own.setKeyEntry(
                    "server",
                    key(key),
                    NO_PASSWORD,
                    certificates("--certificate", certificate).toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusting("--clients", clients).getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw new InvalidValue(
                    "--certificate", "\"%s\" and its key do not go together".formatted(certificate), "name a pair");
        }
    }

    /**
     * Trust in whom a file names, and in nobody else.
     *
     * @throws InvalidValue when it names nobody
     */
    static TrustManagerFactory trusting(String option, Path authorities) throws IOException, GeneralSecurityException {
        KeyStore trusted = empty();
        int index = 0;
        for (Certificate authority : certificates(option, authorities)) {
            trusted.setCertificateEntry("authority-%d".formatted(index++), authority);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers;
    }

    /** The identity that the other side's certificate proves; empty where it proves none or several. */
    static Optional<String> identity(SSLSession session) {
        try {
            X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
            Collection<List<?>> names = shown.getSubjectAlternativeNames();
            List<String> identities = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
            return identities.size() == 1 ? Optional.of(identities.get(0)) : Optional.empty();
        } catch (SSLPeerUnverifiedException | GeneralSecurityException none) {
            return Optional.empty();
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(String option, Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            List<Certificate> all =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            if (!all.isEmpty()) {
                return all;
            }
        } catch (IOException | GeneralSecurityException broken) {
            throw new InvalidValue(option, "\"%s\" holds no certificates".formatted(file), "name a file of PEM");
        }
        throw new InvalidValue(option, "\"%s\" holds no certificates".formatted(file), "name a file of PEM");
    }

    private static PrivateKey key(Path file) throws IOException {
        String pem = Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        int begin = pem.indexOf(HEAD);
        int end = pem.indexOf("-----END", Math.max(begin, 0));
        if (begin >= 0 && end > begin) {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + HEAD.length(), end));
            Optional<PrivateKey> key = ALGORITHMS.stream()
                    .flatMap(algorithm -> key(algorithm, encoded).stream())
                    .findFirst();
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new InvalidValue(
                "--key",
                "\"%s\" holds no private key of PKCS #8".formatted(file),
                "write one; cert-manager does with privateKey.encoding: PKCS8");
    }

    /** Empty where it is a key of another algorithm. */
    private static Optional<PrivateKey> key(String algorithm, byte[] encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException other) {
            return Optional.empty();
        }
    }
}
