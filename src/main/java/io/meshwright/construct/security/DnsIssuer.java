package io.meshwright.construct.security;

import imports.io.cert_manager.ClusterIssuer;
import imports.io.cert_manager.ClusterIssuerSpec;
import imports.io.cert_manager.ClusterIssuerSpecAcme;
import imports.io.cert_manager.ClusterIssuerSpecAcmePrivateKeySecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolvers;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01Cloudflare;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01CloudflareApiTokenSecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversSelector;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Lets the cluster prove by DNS records at Cloudflare that it owns some zones, in one ACME ClusterIssuer: wildcards
 * need that, and so does a cluster that the internet does not reach on port 80.
 */
public final class DnsIssuer extends Construct {
    private final Props props;
    private final ClusterIssuer issuer;

    private DnsIssuer(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.issuer = ClusterIssuer.Builder.create(this, "Resource")
                .metadata(Notes.none().ofCluster(props.name().toString()))
                .spec(ClusterIssuerSpec.builder()
                        .acme(ClusterIssuerSpecAcme.builder()
                                .server(props.server().toString())
                                .email(props.email().toString())
                                .privateKeySecretRef(ClusterIssuerSpecAcmePrivateKeySecretRef.builder()
                                        .name("%s-account".formatted(props.name()))
                                        .build())
                                .solvers(List.of(solver()))
                                .build())
                        .build())
                .build();
    }

    /** Name of the issuer, for a certificate source. */
    public Name name() {
        return props.name();
    }

    /** The ClusterIssuer, for what this construct cannot say. */
    public ApiObject resource() {
        return issuer;
    }

    private ClusterIssuerSpecAcmeSolvers solver() {
        return ClusterIssuerSpecAcmeSolvers.builder()
                .selector(ClusterIssuerSpecAcmeSolversSelector.builder()
                        .dnsZones(props.zones().stream().map(Host::toString).toList())
                        .build())
                .dns01(ClusterIssuerSpecAcmeSolversDns01.builder()
                        .cloudflare(ClusterIssuerSpecAcmeSolversDns01Cloudflare.builder()
                                .apiTokenSecretRef(
                                        ClusterIssuerSpecAcmeSolversDns01CloudflareApiTokenSecretRef.builder()
                                                .name(props.token().name())
                                                .key(props.token().key().orElseThrow())
                                                .build())
                                .build())
                        .build())
                .build();
    }

    /**
     * All that an issuer needs.
     *
     * @param name of the issuer; default {@code letsencrypt}
     * @param email to which the authority writes before a certificate expires
     * @param zones of DNS for whose names it issues
     * @param token Cloudflare token in cert-manager's own namespace, with its key; rights Zone-DNS-Edit and
     *     Zone-Zone-Read
     * @param server of the authority; default: Let's Encrypt's production server
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Required Email email,
            @Required List<Host> zones,
            @Required SecretRef token,
            @Defaulted Url server) {
        Props {
            name = name == null ? Name.of("letsencrypt") : name;
            zones.forEach(zone -> Require.that(
                    !zone.isWildcard(),
                    "zones",
                    "\"%s\" is no zone".formatted(zone),
                    "give the zone's own name, such as example.org"));
            Require.that(token.key().isPresent(), "token", "\"%s\" names no key".formatted(token), "write secret/key");
            server = server == null ? Url.of("https://acme-v02.api.letsencrypt.org/directory") : server;
        }
    }

    /** Collects the parts of a {@link DnsIssuer}. */
    public static final class Builder extends DnsIssuerSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public DnsIssuer build() {
            return ConstructMaker.make(scope, id, () -> new DnsIssuer(scope, id, props()));
        }
    }
}
