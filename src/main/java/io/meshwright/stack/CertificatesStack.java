package io.meshwright.stack;

import io.meshwright.construct.security.AcmeIssuer;
import io.meshwright.construct.security.AuthorityIssuer;
import io.meshwright.environment.Certificates;
import io.meshwright.environment.Environment;
import io.meshwright.value.Name;
import java.util.Objects;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The issuer of certificates on this cluster. */
final class CertificatesStack extends Chart {
    static final String ID = "certificates";
    private static final String ISSUER = "issuer";
    private static final Name ACME = Name.of("letsencrypt");
    private static final Name INTERNAL = Name.of("internal-ca");

    CertificatesStack(Construct scope, Certificates certificates) {
        super(scope, ID);
        if (certificates.ca() == null) {
            AcmeIssuer.Builder.create(this, ISSUER)
                    .name(ACME)
                    .email(Objects.requireNonNull(certificates.email(), "ACME has an address"))
                    .zones(certificates.zones())
                    .token(certificates.cloudflareToken())
                    .dns(certificates.dns01())
                    .http(certificates.http01())
                    .build();
        } else {
            AuthorityIssuer.Builder.create(this, ISSUER)
                    .name(INTERNAL)
                    .authority(certificates.ca())
                    .build();
        }
    }

    /** Name of the ClusterIssuer of an environment that has one. */
    static Name issuer(Environment environment) {
        Certificates certificates = environment.certificates();
        return certificates == null || certificates.ca() == null ? ACME : INTERNAL;
    }
}
