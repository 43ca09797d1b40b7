package io.meshwright.stack;

import io.meshwright.construct.security.DnsIssuer;
import io.meshwright.environment.Certificates;
import io.meshwright.value.Name;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The issuer of certificates on this cluster. */
final class CertificatesStack extends Chart {
    static final String ID = "certificates";
    static final Name ISSUER = Name.of("letsencrypt");

    CertificatesStack(Construct scope, Certificates certificates) {
        super(scope, ID);
        DnsIssuer.Builder.create(this, "issuer")
                .name(ISSUER)
                .email(certificates.email())
                .zones(certificates.zones())
                .token(certificates.cloudflareToken())
                .build();
    }
}
