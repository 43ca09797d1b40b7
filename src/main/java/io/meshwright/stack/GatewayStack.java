package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.RedirectGateway;
import io.meshwright.construct.edge.ErrorPages;
import io.meshwright.construct.edge.GlobalRateLimits;
import io.meshwright.construct.edge.GlobalRateLimits.LimitedHost;
import io.meshwright.construct.security.ClientAuthority;
import io.meshwright.construct.security.GatewayCertificate;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.environment.Challenges;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Parties;
import io.meshwright.stack.monitoring.MonitoringSettings;
import io.meshwright.value.Host;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.edge.HostRateLimit;
import io.meshwright.value.edge.RateLimitService;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.CertificateSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The ways into the mesh: Gateways, their certificates, and what a request must have to get past them. */
final class GatewayStack extends Chart {
    static final String ID = "gateway";
    static final Backend ARGO_CD = Backend.of("argocd-server", "argocd", 80);

    private final Environment environment;
    private final Parties parties;
    private final Map<Name, MeshGateway> gateways = new LinkedHashMap<>();

    GatewayStack(Construct scope, Environment environment, Parties parties) {
        super(scope, ID);
        this.environment = environment;
        this.parties = parties;
        environment.gatewayEntries().forEach(entry -> gateways.put(entry.name(), gateway(entry)));
        certificates();
        environment.gatewayEntries().forEach(entry -> new GatewayGates(this, environment, entry).render());
        errorPages();
        if (environment.gateway().rateLimitService() != null) {
            rateLimits(environment.gateway().rateLimitService());
        }
        if (environment.delivery().host() != null) {
            new ToolRoutes(this, environment, gateway())
                    .whole(environment.delivery().host(), ARGO_CD);
        }
    }

    private void errorPages() {
        if (!environment.gateway().errorPages().isEmpty()) {
            ErrorPages.Builder.create(this, "error-pages")
                    .name(Name.of("gateway-error-pages"))
                    .gateway(parties.gateway())
                    .pages(environment.gateway().errorPages())
                    .build();
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

    /** The first Gateway, to which the tools bind. */
    MeshGateway gateway() {
        return Objects.requireNonNull(gateways.get(GatewayEntry.FIRST));
    }

    /** The Gateways by the names that routes call them, for routes that bind to them. */
    Map<Name, MeshGateway> gateways() {
        return gateways;
    }

    private MeshGateway gateway(GatewayEntry entry) {
        List<Listener> redirecting = Challenges.redirecting(environment, entry);
        if (!redirecting.isEmpty()) {
            RedirectGateway.Builder.create(this, "redirect")
                    .name(Name.of("%s-http".formatted(entry.gateway().name())))
                    .namespace(entry.gateway().namespace())
                    .pods(entry.pods())
                    .listeners(redirecting)
                    .hosts(Challenges.of(environment, entry).stream()
                            .filter(host -> redirecting.stream().anyMatch(listener -> listener.serves(host)))
                            .toList())
                    .build();
        }
        List<Listener> listeners = entry.gateway().listeners().stream()
                .filter(listener -> !redirecting.contains(listener))
                .toList();
        return MeshGateway.Builder.create(this, entry.isFirst() ? "gateway" : "gateway-%s".formatted(entry.name()))
                .name(entry.gateway().name())
                .namespace(entry.gateway().namespace())
                .pods(entry.pods())
                .listeners(listeners)
                .api(entry.gateway().api())
                .service(KubernetesNames.serviceHost(entry.release(), Parties.ISTIO_SYSTEM))
                .routeNamespaces(routeNamespaces(entry))
                .secretsByHand(secretsByHand(listeners))
                .build();
    }

    /** The namespaces of what has routes there; of a Gateway without any its own, which is one of them anyway. */
    private SortedSet<Name> routeNamespaces(GatewayEntry entry) {
        SortedSet<Name> namespaces = new TreeSet<>(List.of(entry.gateway().namespace()));
        environment.services().forEach((name, service) -> {
            if (service.routes().stream()
                    .anyMatch(route -> !service.isInner(route, name) && route.isAt(entry.name()))) {
                namespaces.add(service.namespace());
            }
        });
        if (entry.isFirst()) {
            new MonitoringSettings(environment)
                    .domain()
                    .exposed()
                    .forEach(tool -> namespaces.add(Name.of(tool.namespace())));
            Optional.ofNullable(environment.delivery().host()).ifPresent(host -> namespaces.add(ARGO_CD.namespace()));
        }
        return namespaces;
    }

    /**
     * One for each Secret, with the hosts of every listener that shows it: all pods of gateways are in one namespace.
     */
    private void certificates() {
        Map<ObjectName, List<Listener>> showing = new LinkedHashMap<>();
        environment.gatewayEntries().stream()
                .flatMap(entry -> entry.gateway().listeners().stream())
                .forEach(listener -> Stream.ofNullable(listener.tls())
                        .forEach(tls -> showing.computeIfAbsent(tls.credentialName(), none -> new ArrayList<>())
                                .add(listener)));
        showing.values().forEach(this::certificate);
    }

    private void certificate(List<Listener> showing) {
        Tls tls = Objects.requireNonNull(showing.get(0).tls());
        List<Host> hosts = showing.stream()
                .flatMap(listener -> listener.hosts().stream())
                .distinct()
                .toList();
        GatewayCertificate.Builder.create(this, "certificate-%s".formatted(tls.credentialName()))
                .gateway(parties.gateway())
                .credentialName(tls.credentialName())
                .source(source(tls, hosts))
                .build();
        showing.stream()
                .filter(Listener::asksForClientCertificates)
                .findFirst()
                .ifPresent(asking -> clientAuthority(Objects.requireNonNull(asking.tls())));
    }

    /** Certificates that nobody issues or syncs here, and CAs of clients where there is no store to sync them from. */
    private List<ObjectName> secretsByHand(List<Listener> listeners) {
        List<ObjectName> secrets = new ArrayList<>();
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
                    SecretsStack.store(environment),
                    tls.clientCaKey());
        }
    }

    private CertificateSource source(Tls tls, List<Host> hosts) {
        return switch (tls.source()) {
            case EXISTING -> CertificateSource.existing();
            case EXTERNAL_SECRET -> CertificateSource.synced(SecretsStack.store(environment), tls.remoteKey());
            case CERT_MANAGER ->
                CertificateSource.issued(
                        tls.issuer() == null ? CertificatesStack.issuer(environment) : tls.issuer(), hosts);
        };
    }
}
