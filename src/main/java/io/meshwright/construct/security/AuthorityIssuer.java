package io.meshwright.construct.security;

import imports.io.cert_manager.Certificate;
import imports.io.cert_manager.CertificateSpec;
import imports.io.cert_manager.CertificateSpecIssuerRef;
import imports.io.cert_manager.CertificateSpecPrivateKey;
import imports.io.cert_manager.CertificateSpecPrivateKeyAlgorithm;
import imports.io.cert_manager.CertificateSpecPrivateKeyRotationPolicy;
import imports.io.cert_manager.ClusterIssuer;
import imports.io.cert_manager.ClusterIssuerSpec;
import imports.io.cert_manager.ClusterIssuerSpecCa;
import imports.io.cert_manager.ClusterIssuerSpecSelfSigned;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.security.InternalAuthority;
import io.meshwright.value.security.InternalAuthority.SelfSigned;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Issues certificates by a CA of one's own, in one ClusterIssuer: for clusters whose names no public authority can see.
 * A root that cert-manager makes itself is here too; its key stays the same when it is renewed, so that whoever trusts
 * it goes on.
 */
public final class AuthorityIssuer extends Construct {
    private static final String TEN_YEARS = "87600h0m0s";
    private static final int P256 = 256;

    private final Props props;
    private final ClusterIssuer issuer;

    private AuthorityIssuer(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        if (props.authority() instanceof SelfSigned root) {
            root(root);
        }
        this.issuer = issuer(
                "Resource",
                props.name(),
                ClusterIssuerSpec.builder()
                        .ca(ClusterIssuerSpecCa.builder()
                                .secretName(props.authority().secretName().toString())
                                .build())
                        .build());
    }

    private void root(SelfSigned root) {
        Name selfSigned = Name.of("%s-root".formatted(props.name()));
        issuer(
                "root",
                selfSigned,
                ClusterIssuerSpec.builder()
                        .selfSigned(ClusterIssuerSpecSelfSigned.builder().build())
                        .build());
        Certificate.Builder.create(this, "certificate")
                .metadata(Notes.none().of(root.secretName().toString(), props.managerNamespace()))
                .spec(CertificateSpec.builder()
                        .isCa(true)
                        .commonName(root.commonName())
                        .secretName(root.secretName().toString())
                        .duration(TEN_YEARS)
                        .privateKey(CertificateSpecPrivateKey.builder()
                                .algorithm(CertificateSpecPrivateKeyAlgorithm.ECDSA)
                                .size(P256)
                                .rotationPolicy(CertificateSpecPrivateKeyRotationPolicy.NEVER)
                                .build())
                        .issuerRef(CertificateSpecIssuerRef.builder()
                                .group("cert-manager.io")
                                .kind("ClusterIssuer")
                                .name(selfSigned.toString())
                                .build())
                        .build())
                .build();
    }

    private ClusterIssuer issuer(String id, Name name, ClusterIssuerSpec spec) {
        return ClusterIssuer.Builder.create(this, id)
                .metadata(Notes.none().ofCluster(name.toString()))
                .spec(spec)
                .build();
    }

    /** Name of the issuer, for a certificate source. */
    public Name name() {
        return props.name();
    }

    /** The ClusterIssuer that signs, for what this construct cannot say. */
    public ApiObject resource() {
        return issuer;
    }

    /**
     * All that an issuer needs.
     *
     * @param name of the issuer; default {@code internal-ca}
     * @param managerNamespace where cert-manager runs and reads Secrets of ClusterIssuers; default {@code cert-manager}
     * @param authority whose certificate and key sign
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Defaulted Name managerNamespace,
            @Required InternalAuthority authority) {
        Props {
            name = name == null ? Name.of("internal-ca") : name;
            managerNamespace = managerNamespace == null ? Name.of("cert-manager") : managerNamespace;
        }
    }

    /** Collects the parts of an {@link AuthorityIssuer}. */
    public static final class Builder extends AuthorityIssuerSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public AuthorityIssuer build() {
            return ConstructMaker.make(scope, id, () -> new AuthorityIssuer(scope, id, props()));
        }
    }
}
