package io.meshwright.construct.security;

import imports.io.cert_manager.ClusterIssuer;
import imports.io.cert_manager.ClusterIssuerSpec;
import imports.io.cert_manager.ClusterIssuerSpecAcme;
import imports.io.cert_manager.ClusterIssuerSpecAcmePrivateKeySecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolvers;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversHttp01;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversHttp01Ingress;
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
import io.meshwright.value.security.DnsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Lets the cluster prove to an ACME authority that names are its own, in one ClusterIssuer: by DNS records in some
 * zones, which wildcards need and clusters that the internet does not reach on port 80, and by answers there for other
 * names.
 */
public final class AcmeIssuer extends Construct {
    private final Props props;
    private final ClusterIssuer issuer;

    private AcmeIssuer(Construct scope, String id, Props props) {
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
                                .solvers(solvers())
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

    /** Zones before the rest, since cert-manager takes the solver whose selector is the narrowest. */
    private List<ClusterIssuerSpecAcmeSolvers> solvers() {
        List<ClusterIssuerSpecAcmeSolvers> solvers = new ArrayList<>();
        props.token().ifPresent(token -> solvers.add(byRecords(DnsSolvers.cloudflare(token))));
        props.dns().ifPresent(provider -> solvers.add(byRecords(DnsSolvers.of(provider))));
        if (props.http()) {
            // By the annotation istiod serves an Ingress without an IngressClass (istio,
            // pilot/pkg/config/kube/ingress/conversion.go, shouldProcessIngressWithClass).
            solvers.add(ClusterIssuerSpecAcmeSolvers.builder()
                    .http01(ClusterIssuerSpecAcmeSolversHttp01.builder()
                            .ingress(ClusterIssuerSpecAcmeSolversHttp01Ingress.builder()
                                    .classValue("istio")
                                    .serviceType("ClusterIP")
                                    .build())
                            .build())
                    .build());
        }
        return solvers;
    }

    private ClusterIssuerSpecAcmeSolvers byRecords(ClusterIssuerSpecAcmeSolversDns01 records) {
        return ClusterIssuerSpecAcmeSolvers.builder()
                .selector(ClusterIssuerSpecAcmeSolversSelector.builder()
                        .dnsZones(props.zones().stream().map(Host::toString).toList())
                        .build())
                .dns01(records)
                .build();
    }

    /**
     * All that an issuer needs.
     *
     * @param name of the issuer; default {@code letsencrypt}
     * @param email to which the authority writes before a certificate expires
     * @param zones of DNS for whose names it issues by records
     * @param token Cloudflare token in cert-manager's own namespace, with its key; rights Zone-DNS-Edit and
     *     Zone-Zone-Read
     * @param dns whoever else serves the zones
     * @param http whether other names are proven by Ingresses of Istio's, which gateway pods labelled {@code istio:
     *     ingressgateway} serve on port 80; default false
     * @param server of the authority; default: Let's Encrypt's production server
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Required Email email,
            List<Host> zones,
            Optional<SecretRef> token,
            Optional<DnsProvider> dns,
            @Defaulted Boolean http,
            @Defaulted Url server) {
        Props {
            name = name == null ? Name.of("letsencrypt") : name;
            zones.forEach(zone -> Require.that(
                    !zone.isWildcard(),
                    "zones",
                    "\"%s\" is no zone".formatted(zone),
                    "give the zone's own name, such as example.org"));
            token.ifPresent(secret -> secret.keyed("token"));
            http = http != null && http;
            boolean byDns = token.isPresent() || dns.isPresent();
            Require.that(byDns || http, "token", "is missing", "add it, or another proof: dns or http");
            Require.that(
                    byDns != zones.isEmpty(),
                    "zones",
                    byDns ? "is empty" : "is proven by nobody",
                    "give both or neither");
            server = server == null ? Url.of("https://acme-v02.api.letsencrypt.org/directory") : server;
        }
    }

    /** Collects the parts of a {@link AcmeIssuer}. */
    public static final class Builder extends AcmeIssuerSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public AcmeIssuer build() {
            return ConstructMaker.make(scope, id, () -> new AcmeIssuer(scope, id, props()));
        }
    }
}
