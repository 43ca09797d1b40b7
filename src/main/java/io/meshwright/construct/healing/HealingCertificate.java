package io.meshwright.construct.healing;

import imports.io.cert_manager.Certificate;
import imports.io.cert_manager.CertificateSpec;
import imports.io.cert_manager.CertificateSpecIssuerRef;
import imports.io.cert_manager.CertificateSpecPrivateKey;
import imports.io.cert_manager.CertificateSpecPrivateKeyAlgorithm;
import imports.io.cert_manager.CertificateSpecPrivateKeyEncoding;
import imports.io.cert_manager.CertificateSpecPrivateKeyRotationPolicy;
import imports.io.cert_manager.CertificateSpecUsages;
import io.meshwright.value.Name;
import java.util.List;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** Lets cert-manager make and renew one side's certificate, signed by a CA of one's own. */
final class HealingCertificate {
    private static final int P256 = 256;

    private HealingCertificate() {}

    /** A server's, for the names by which it is called. */
    static void server(Construct scope, Name namespace, String secret, Name issuer, List<String> hosts) {
        of(
                scope,
                namespace,
                secret,
                spec(secret, issuer, CertificateSpecUsages.SERVER_AUTH).dnsNames(hosts));
    }

    /** A client's, which proves an identity. */
    static void client(Construct scope, Name namespace, String secret, Name issuer, String identity) {
        of(
                scope,
                namespace,
                secret,
                spec(secret, issuer, CertificateSpecUsages.CLIENT_AUTH).uris(List.of(identity)));
    }

    private static void of(Construct scope, Name namespace, String secret, CertificateSpec.Builder spec) {
        Certificate.Builder.create(scope, "certificate-%s".formatted(secret))
                .metadata(ApiObjectMetadata.builder()
                        .name(secret)
                        .namespace(namespace.toString())
                        .build())
                .spec(spec.build())
                .build();
    }

    // The process reads keys of PKCS #8 alone, as the JDK does.
    private static CertificateSpec.Builder spec(String secret, Name issuer, CertificateSpecUsages usage) {
        return CertificateSpec.builder()
                .secretName(secret)
                .usages(List.of(CertificateSpecUsages.DIGITAL_SIGNATURE, usage))
                .issuerRef(CertificateSpecIssuerRef.builder()
                        .group("cert-manager.io")
                        .kind("ClusterIssuer")
                        .name(issuer.toString())
                        .build())
                .privateKey(CertificateSpecPrivateKey.builder()
                        .algorithm(CertificateSpecPrivateKeyAlgorithm.ECDSA)
                        .encoding(CertificateSpecPrivateKeyEncoding.PKCS8)
                        .size(P256)
                        .rotationPolicy(CertificateSpecPrivateKeyRotationPolicy.ALWAYS)
                        .build());
    }
}
