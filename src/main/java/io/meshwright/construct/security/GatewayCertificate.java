package io.meshwright.construct.security;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.CertificateSource;
import io.meshwright.value.security.Party;
import java.util.Optional;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Puts the Secret of a listener's {@code credentialName} where the gateway looks for it, in the namespace of its pods:
 * an ExternalSecret or a Certificate; nothing where somebody makes the Secret by hand.
 */
public final class GatewayCertificate extends Construct {
    private final Props props;
    private final Optional<ApiObject> resource;

    private GatewayCertificate(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.resource = made(props.source());
    }

    /** Name of the Secret, for {@code tls.credentialName} of a Gateway's server. */
    public ObjectName credentialName() {
        return props.credentialName();
    }

    /** The ExternalSecret or Certificate, for what this construct cannot say; empty for an existing Secret. */
    public Optional<ApiObject> resource() {
        return resource;
    }

    private Optional<ApiObject> made(CertificateSource source) {
        if (source instanceof CertificateSource.Synced synced) {
            return Optional.of(new SyncedCertificate(this, namespace(), props.credentialName(), synced).resource());
        }
        if (source instanceof CertificateSource.Issued issued) {
            return Optional.of(new IssuedCertificate(this, namespace(), props.credentialName(), issued).resource());
        }
        return Optional.empty();
    }

    private Name namespace() {
        return props.gateway().namespace();
    }

    /**
     * All that a certificate needs.
     *
     * @param gateway the gateway's pods, in whose namespace the Secret stands
     * @param credentialName of the Secret
     * @param source where the certificate comes from
     */
    @Buildable
    record Props(
            @Required Party gateway,
            @Required ObjectName credentialName,
            @Required CertificateSource source) {}

    /** Collects the parts of a {@link GatewayCertificate}. */
    public static final class Builder extends GatewayCertificateSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public GatewayCertificate build() {
            return ConstructMaker.make(scope, id, () -> new GatewayCertificate(scope, id, props()));
        }
    }
}
