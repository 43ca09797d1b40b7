package io.meshwright.construct.security;

import imports.io.cert_manager.Certificate;
import imports.io.cert_manager.CertificateSpec;
import imports.io.cert_manager.CertificateSpecIssuerRef;
import imports.io.cert_manager.CertificateSpecPrivateKey;
import imports.io.cert_manager.CertificateSpecPrivateKeyAlgorithm;
import imports.io.cert_manager.CertificateSpecPrivateKeyRotationPolicy;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.CertificateSource;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Lets cert-manager make and renew a TLS Secret. */
final class IssuedCertificate {
    private static final int P256 = 256;

    private final ApiObject resource;

    // The rotation policy is written because its default differs between cert-manager releases (changed in 1.18).
    IssuedCertificate(Construct scope, Name namespace, ObjectName secret, CertificateSource.Issued source) {
        this.resource = Certificate.Builder.create(scope, "Resource")
                .metadata(Notes.none().of(secret.toString(), namespace))
                .spec(CertificateSpec.builder()
                        .secretName(secret.toString())
                        .dnsNames(source.hosts().stream().map(Host::toString).toList())
                        .issuerRef(CertificateSpecIssuerRef.builder()
                                .group("cert-manager.io")
                                .kind("ClusterIssuer")
                                .name(source.issuer().toString())
                                .build())
                        .privateKey(CertificateSpecPrivateKey.builder()
                                .algorithm(CertificateSpecPrivateKeyAlgorithm.ECDSA)
                                .size(P256)
                                .rotationPolicy(CertificateSpecPrivateKeyRotationPolicy.ALWAYS)
                                .build())
                        .build())
                .build();
    }

    ApiObject resource() {
        return resource;
    }
}
