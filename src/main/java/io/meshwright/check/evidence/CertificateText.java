package io.meshwright.check.evidence;

import io.meshwright.manifest.Manifest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificate and key of a Secret; what it says of them never holds any of their text. */
public final class CertificateText {
    // Under which names istiod looks (pilot/pkg/credentials/kube/secrets.go), in its order.
    private static final List<List<String>> NAMES = List.of(List.of("cert", "key"), List.of("tls.crt", "tls.key"));
    // The type of a subject alternative name (RFC 5280, GeneralName).
    private static final Integer DNS_NAME = 2;
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    private final Map<String, byte[]> values = new LinkedHashMap<>();

    public CertificateText(Manifest secret) {
        secret.at("/data")
                .properties()
                .forEach(entry ->
                        values.put(entry.getKey(), decoded(entry.getValue().asText(""))));
        secret.at("/stringData")
                .properties()
                .forEach(entry ->
                        values.put(entry.getKey(), entry.getValue().asText("").getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
    }

    /** The reason why a gateway cannot read it, as the rest of a sentence that begins with the Secret. */
    public Optional<String> flaw() {
        if (values.isEmpty()) {
            // Whoever writes a Secret without data leaves it to something else to fill it.
            return Optional.empty();
        }
        if (names().isEmpty()) {
            return Optional.of("holds neither tls.crt and tls.key nor cert and key");
        }
        if (certified().isEmpty()) {
            return Optional.of("holds no certificate in PEM under %s".formatted(names().get(0)));
        }
        if (!text(names().get(1)).contains("PRIVATE KEY-----")) {
            return Optional.of("holds no private key in PEM under %s".formatted(names().get(1)));
        }
        return belongs() ? Optional.empty() : Optional.of("holds a certificate and a key that do not belong together");
    }

    /** True if certificate and key are a pair, as far as the form of the key lets us see. */
    private boolean belongs() {
        Matcher key = PRIVATE_KEY.matcher(text(names().get(1)));
        return !key.find()
                || certified()
                        .map(certified ->
                                belong(certified, Base64.getMimeDecoder().decode(key.group(1))))
                        .orElse(true);
    }

    private List<String> names() {
        return NAMES.stream()
                .filter(pair -> pair.stream().allMatch(this::isFilled))
                .findFirst()
                .orElse(List.of());
    }

    private boolean isFilled(String name) {
        return values.getOrDefault(name, new byte[0]).length > 0;
    }

    private String text(String name) {
        return new String(values.get(name), StandardCharsets.UTF_8);
    }

    /** The last day on which it is valid, by Greenwich; empty where no certificate can be read. */
    public Optional<LocalDate> last() {
        return readable()
                .map(certificate -> certificate
                        .getNotAfter()
                        .toInstant()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate());
    }

    /** The names of hosts that it is for, as a browser reads them; empty where none can be read. */
    public Set<String> hosts() {
        return readable().map(CertificateText::hosts).orElse(Set.of());
    }

    private static Set<String> hosts(X509Certificate certificate) {
        Set<String> hosts = new TreeSet<>();
        try {
            for (List<?> name :
                    Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of())) {
                if (name.get(0).equals(DNS_NAME)) {
                    hosts.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException broken) {
            return Set.of();
        }
        return hosts;
    }

    private Optional<X509Certificate> readable() {
        return names().isEmpty()
                ? Optional.empty()
                : certificate().filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast);
    }

    private Optional<PublicKey> certified() {
        return certificate().map(Certificate::getPublicKey);
    }

    private Optional<Certificate> certificate() {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(values.get(names().get(0))))
                    .stream()
                    .findFirst()
                    .map(Certificate.class::cast);
        } catch (GeneralSecurityException | RuntimeException broken) {
            return Optional.empty();
        }
    }

    /** True if a key, in the encoding of PKCS #8, is the one that the certificate is for. */
    public static boolean belong(PublicKey certified, byte[] key) {
        String algorithm = SIGNATURES.get(certified.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        try {
            PrivateKey own =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key));
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(own);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            return signature.verify(signed);
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }
}
