package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.edge.ErrorPage;
import io.meshwright.value.edge.ExternalAuthorization;
import io.meshwright.value.edge.HostRateLimit;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.RateLimitService;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.gateway.ConnectionRoute;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.RoutingApi;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.RoutePath;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first entry to the mesh: the Gateway object and the gateway pods that Istio's chart installs. */
@Doc("The first entry to the mesh, and the only one without gateways.")
public record Gateway(
        @Required @Doc("Name of the Gateway object.") Name name,

        @Required @Doc("Namespace of the Gateway object; the pods run in istio-system.")
        Name namespace,

        @Defaulted
        @Doc(
                "API group of the Gateway and of its hosts' routes: networking.istio.io, or gateway.networking.k8s.io, whose"
                        + " kinds say less; what they cannot say is refused; default networking.istio.io.")
        RoutingApi api,

        @Nullable @Doc("Address of the load balancer.") IpAddress address,

        @Defaulted @Doc("The Service in front of the pods; default: as the platform has it.")
        GatewayService service,

        @Required @Doc("What it listens on.") List<Listener> listeners,

        @Defaulted @Doc("What holds for all routes of a host: CORS, token, addresses.")
        Map<Host, HostPolicy> hosts,

        @Defaulted @Doc("Service account of the gateway pods; default istio-ingressgateway.")
        Name serviceAccount,

        @Nullable @Doc("Tag of the control plane that the gateway pods follow; default: the first of istio.tags.")
        Name tag,

        @Defaulted @Doc("Gateway pods; default 2.") Integer replicas,

        @Defaulted @Doc("What a gateway pod reserves and may use; default 100m/128Mi, at most 1Gi.")
        Resources resources,

        @Nullable @Doc("Headers for browsers on every host; default: none.")
        SecurityHeaders securityHeaders,

        @Defaulted @Doc("Pages of errors that the gateway answers itself; default: Envoy's own words.")
        List<ErrorPage> errorPages,

        @Nullable @Doc("Who counts for rateLimits of hosts; default: nobody.")
        RateLimitService rateLimitService,

        @Defaulted
        @Doc("Whether HTTPS listeners take HTTP/3 too, by UDP at the same port; Istio calls that experimental; default"
                + " false.")
        Boolean http3) {
    static final Resources RESOURCES = Resources.of("100m", "128Mi", "1Gi");

    public Gateway {
        Require.present("name", name);
        Require.present("namespace", namespace);
        api = api == null ? RoutingApi.ISTIO : api;
        listeners = Require.notEmpty("listeners", listeners);
        hosts = hosts == null ? Map.of() : new LinkedHashMap<>(hosts);
        serviceAccount = serviceAccount == null ? Name.of("istio-ingressgateway") : serviceAccount;
        service = service == null ? GatewayService.usual() : service;
        replicas = replicas(replicas);
        resources = resources == null ? RESOURCES : resources;
        http3 = http3 != null && http3;
        errorPages = ErrorPage.apart("errorPages", errorPages == null ? List.of() : errorPages);
    }

    static int replicas(@Nullable Integer replicas) {
        return replicas == null ? 2 : Require.inRange("replicas", replicas, 1, 50);
    }

    /** True if some listener answers requests for this host. */
    public boolean serves(Host host) {
        return listeners.stream().anyMatch(listener -> listener.isHttp() && listener.serves(host));
    }

    /** The listeners that bring these connections: of those that share a port the one that names the host best. */
    public List<Listener> bringing(ConnectionRoute route) {
        return listeners.stream()
                .filter(route::isOf)
                .filter(listener -> listeners.stream()
                        .filter(other -> other.port().equals(listener.port()))
                        .noneMatch(other -> other.exactness(route.served()) > listener.exactness(route.served())))
                .toList();
    }

    /** True if some host has limits, which policies hold by ports on which the gateway reads requests. */
    public boolean limitsHosts() {
        return hosts.values().stream()
                .anyMatch(policy -> !policy.restrict().isEmpty()
                        || policy.externalAuthorization() != null
                        || policy.jwt() != null && policy.jwt().enabled());
    }

    /** True if all its clients come by TLS: every listener for it speaks it, or only sends there. */
    public boolean isEncrypted(Host host) {
        List<Listener> serving = listeners.stream()
                .filter(listener -> listener.isHttp() && listener.serves(host))
                .toList();
        return serving.stream().anyMatch(listener -> listener.protocol() == Scheme.HTTPS)
                && serving.stream()
                        .allMatch(listener -> listener.protocol() == Scheme.HTTPS || listener.redirectToHttps());
    }

    /** The policies of one host, which hold for all of its routes. */
    @Doc("What holds for every route of one host.")
    public record HostPolicy(
            @Nullable @Doc("Cross-origin requests; the same on every route.")
            Cors cors,

            @Nullable @Doc("Token that requests need; default none.")
            Jwt jwt,

            @Defaulted @Doc("Paths that only listed addresses reach.")
            List<Restriction> restrict,

            @Nullable
            @Doc("Whether requests for Spring Boot's management endpoints, paths with a segment actuator, get past the"
                    + " gateway: refused or open; default: refused where a service behind the host, or one that it calls,"
                    + " has its probes or metrics there.")
            Actuator actuator,

            @Nullable @Doc("Headers for browsers, over those of the gateway.")
            SecurityHeaders securityHeaders,

            @Nullable @Doc("Answers 503 on every path while somebody works on what is behind.")
            Maintenance maintenance,

            @Nullable @Doc("How long a request's body may be on routes without stream; default: as long as it likes.")
            BodyLimit maxRequestBytes,

            @Nullable @Doc("Who is asked about requests first; default: nobody.")
            ExternalAuthorization externalAuthorization,

            @Defaulted @Doc("Limits that all gateway pods count together; each holds; default: none.")
            List<HostRateLimit> rateLimits) {
        public HostPolicy {
            restrict = restrict == null ? List.of() : List.copyOf(restrict);
            rateLimits = rateLimits == null ? List.of() : List.copyOf(rateLimits);
        }
    }

    /** Treatment of requests for management endpoints at the gateway. */
    public enum Actuator {
        @Word("refused")
        REFUSED,
        @Word("open")
        OPEN
    }

    /** Paths that only listed addresses reach. */
    @Doc("Paths that only listed addresses reach.")
    public record Restriction(
            @Defaulted @Doc("Paths below this one; default /: the whole host.")
            String prefix,

            @Required @Doc("Client addresses, networks or a named set.")
            List<AddressSet> from) {
        public Restriction {
            prefix = RoutePath.prefix(prefix == null ? "/" : prefix).value();
            from = Require.notEmpty("from", from);
        }
    }
}
