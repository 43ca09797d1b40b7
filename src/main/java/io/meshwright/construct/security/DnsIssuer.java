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
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
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

    /** What a certificate source names as its issuer. */
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
     * Defaults: named {@code letsencrypt}, by Let's Encrypt's production server.
     *
     * @param token Cloudflare token in cert-manager's own namespace, with its key; rights Zone-DNS-Edit and
     *     Zone-Zone-Read
     */
    public record Props(Name name, Email email, List<Host> zones, SecretRef token, Url server) {
        public Props {
            name = name == null ? Name.of("letsencrypt") : name;
            Require.present("email", email);
            zones = List.copyOf(Require.notEmpty("zones", zones));
            zones.forEach(zone -> Require.that(
                    !zone.isWildcard(),
                    "zones",
                    "\"%s\" is no zone".formatted(zone),
                    "give the zone's own name, such as example.org"));
            Require.that(
                    Require.present("token", token).key().isPresent(),
                    "token",
                    "\"%s\" names no key".formatted(token),
                    "write secret/key");
            server = server == null ? Url.of("https://acme-v02.api.letsencrypt.org/directory") : server;
        }
    }

    /** Collects the parts of a {@link DnsIssuer}. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name name;
        private Email email;
        private List<Host> zones;
        private SecretRef token;
        private Url server;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder name(Name name) {
            this.name = name;
            return this;
        }

        public Builder email(Email email) {
            this.email = email;
            return this;
        }

        public Builder zones(List<Host> zones) {
            this.zones = zones;
            return this;
        }

        public Builder token(SecretRef token) {
            this.token = token;
            return this;
        }

        public Builder server(Url server) {
            this.server = server;
            return this;
        }

        public DnsIssuer build() {
            return new DnsIssuer(scope, id, new Props(name, email, zones, token, server));
        }
    }
}
