package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.edge.ErrorPages;
import io.meshwright.construct.edge.GlobalRateLimits;
import io.meshwright.construct.edge.GlobalRateLimits.LimitedHost;
import io.meshwright.construct.security.AddressGate;
import io.meshwright.construct.security.AuthorizerGate;
import io.meshwright.construct.security.ClientAuthority;
import io.meshwright.construct.security.GatewayCertificate;
import io.meshwright.construct.security.TokenGate;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Observability;
import io.meshwright.environment.Parties;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.edge.HostRateLimit;
import io.meshwright.value.edge.RateLimitService;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.security.CertificateSource;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The entry to the mesh: the Gateway object, its certificates, and what a request must have to get past it. */
final class GatewayStack extends Chart {
    static final String ID = "gateway";
    static final Backend ARGO_CD = Backend.of("argocd-server", "argocd", 80);

    private final Environment environment;
    private final Parties parties;
    private final MeshGateway gateway;

    GatewayStack(Construct scope, Environment environment, Parties parties) {
        super(scope, ID);
        this.environment = environment;
        this.parties = parties;
        Gateway settings = environment.gateway();
        this.gateway = MeshGateway.Builder.create(this, "gateway")
                .name(settings.name())
                .namespace(settings.namespace())
                .pods(parties.gateway())
                .listeners(settings.listeners())
                .secretsByHand(secretsByHand(settings.listeners()))
                .build();
        certificates(settings.listeners());
        settings.hosts().forEach(this::gates);
        if (!settings.errorPages().isEmpty()) {
            ErrorPages.Builder.create(this, "error-pages")
                    .name(Name.of("gateway-error-pages"))
                    .gateway(parties.gateway())
                    .pages(settings.errorPages())
                    .build();
        }
        if (settings.rateLimitService() != null) {
            rateLimits(settings.rateLimitService());
        }
        tools();
        if (environment.delivery().host() != null) {
            new ToolRoutes(this, environment, gateway)
                    .whole(environment.delivery().host(), ARGO_CD);
        }
    }

    private void rateLimits(RateLimitService service) {
        List<LimitedHost> hosts = new ArrayList<>();
        environment.gateway().hosts().forEach((host, policy) -> {
            if (policy.rateLimits().stream().anyMatch(HostRateLimit::enabled)) {
                hosts.add(
                        new LimitedHost(host, HostSettings.of(environment, host).ports(), policy.rateLimits()));
            }
        });
        if (!hosts.isEmpty()) {
            GlobalRateLimits.Builder.create(this, "rate-limits")
                    .name(Name.of("gateway-rate-limits"))
                    .gateway(parties.gateway())
                    .service(service)
                    .hosts(hosts)
                    .build();
        }
    }

    /** The Gateway, for routes that bind to it. */
    MeshGateway gateway() {
        return gateway;
    }

    private void certificates(List<Listener> listeners) {
        var made = new TreeSet<Name>();
        for (Listener listener : listeners) {
            if (listener.tls() != null && made.add(listener.tls().credentialName())) {
                GatewayCertificate.Builder.create(
                                this, "certificate-%s".formatted(listener.tls().credentialName()))
                        .gateway(parties.gateway())
                        .credentialName(listener.tls().credentialName())
                        .source(source(listener.tls(), listener.hosts()))
                        .build();
                if (listener.asksForClientCertificates()) {
                    clientAuthority(listener.tls());
                }
            }
        }
    }

    /** Certificates that nobody issues or syncs here, and CAs of clients where there is no store to sync them from. */
    private List<Name> secretsByHand(List<Listener> listeners) {
        List<Name> secrets = new ArrayList<>();
        for (Listener listener : listeners) {
            Tls tls = listener.tls();
            if (tls != null && tls.source() == CertificateOrigin.EXISTING) {
                secrets.add(tls.credentialName());
            }
            if (tls != null
                    && listener.asksForClientCertificates()
                    && environment.secrets().store() == null) {
                secrets.add(tls.clientCaSecret());
            }
        }
        return secrets;
    }

    private void clientAuthority(Tls tls) {
        if (environment.secrets().store() != null) {
            ClientAuthority.synced(
                    this,
                    "client-ca-%s".formatted(tls.credentialName()),
                    parties.gateway(),
                    tls.clientCaSecret(),
                    SecretsStack.STORE,
                    tls.clientCaKey());
        }
    }

    private CertificateSource source(Tls tls, List<Host> hosts) {
        return switch (tls.source()) {
            case EXISTING -> CertificateSource.existing();
            case EXTERNAL_SECRET -> CertificateSource.synced(SecretsStack.STORE, tls.remoteKey());
            case CERT_MANAGER -> CertificateSource.issued(CertificatesStack.ISSUER, hosts);
        };
    }

    private void gates(Host host, Gateway.HostPolicy policy) {
        String name = host.dashed();
        for (int i = 0; i < policy.restrict().size(); i++) {
            Gateway.Restriction restriction = policy.restrict().get(i);
            AddressGate.Builder.create(this, "addresses-%s-%d".formatted(name, i))
                    .name(Name.of("%s-addresses-%d".formatted(name, i)))
                    .gateway(parties.gateway())
                    .hosts(List.of(host))
                    .paths(
                            restriction.prefix().equals("/")
                                    ? List.of()
                                    : List.of(PathPattern.of(restriction.prefix() + "/*")))
                    .from(restriction.from())
                    .preflight(policy.cors() != null)
                    .build();
        }
        if (policy.externalAuthorization() != null) {
            AuthorizerGate.Builder.create(this, "authorizer-%s".formatted(name))
                    .name(Name.of("%s-authorizer".formatted(name)))
                    .gateway(parties.gateway())
                    .hosts(List.of(host))
                    .authorization(policy.externalAuthorization())
                    .preflight(policy.cors() != null)
                    .build();
        }
        if (policy.jwt() != null && policy.jwt().enabled()) {
            TokenGate.Builder.create(this, "tokens-%s".formatted(name))
                    .name(Name.of("%s-tokens".formatted(name)))
                    .pods(parties.gateway())
                    .jwt(policy.jwt())
                    .hosts(List.of(host))
                    .preflight(policy.cors() != null)
                    .build();
        }
    }

    /**
     * The tools' hosts admit only the listed addresses and who brings a token, where the environment says so: most
     * tools stand outside the mesh and enforce nothing themselves. Argo CD's host is one of them unless the file says
     * otherwise.
     */
    private void tools() {
        Host delivery = environment.delivery().host();
        boolean apart = environment.delivery().access() != null;
        var hosts = new TreeSet<Host>(ToolHosts.of(environment.observability()));
        if (delivery != null && !apart) {
            hosts.add(delivery);
        }
        access(
                "tools",
                "monitoring",
                List.copyOf(hosts),
                environment.observability().access());
        if (delivery != null && apart) {
            access("delivery", "argocd", List.of(delivery), environment.accessToDelivery());
        }
    }

    private void access(String id, String name, List<Host> hosts, Observability.Access access) {
        Jwt jwt = access.jwt();
        if (!hosts.isEmpty() && jwt != null && access.asksForTokens()) {
            TokenGate.Builder.create(this, "tokens-%s".formatted(id))
                    .name(Name.of("%s-tokens".formatted(name)))
                    .pods(parties.gateway())
                    .jwt(jwt)
                    .hosts(hosts)
                    .preflight(false)
                    .build();
        }
        if (!hosts.isEmpty() && !access.from().isEmpty()) {
            AddressGate.Builder.create(this, "addresses-%s".formatted(id))
                    .name(Name.of("%s-addresses".formatted(name)))
                    .gateway(parties.gateway())
                    .hosts(hosts)
                    .from(access.from())
                    .preflight(false)
                    .build();
        }
    }
}
