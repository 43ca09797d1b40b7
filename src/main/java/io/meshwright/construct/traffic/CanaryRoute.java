package io.meshwright.construct.traffic;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.SecureService;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import io.meshwright.value.Weight;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.constructs.Construct;

/**
 * Shares the requests of one service among its versions: a DestinationRule with a subset for each, and routes for
 * callers in the mesh or, with a gateway, for a host of which this service owns every path.
 */
public final class CanaryRoute extends Construct {
    private final Props props;
    private final DestinationPolicy destination;
    private final List<HostRoutes> routes = new ArrayList<>();

    private CanaryRoute(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.destination = DestinationPolicy.Builder.create(this, "destination")
                .backend(props.backend())
                .podLabels(props.podLabels())
                .replicas(props.replicas())
                .resilience(props.resilience())
                .tls(props.tls())
                .release(props.release())
                .istio(props.istio())
                .build();
        Host host = props.entry().map(Entry::host).orElse(props.backend().host());
        Claim claim = Claim.of(props.backend(), Route.of(host), props.resilience(), props.release());
        Claim.byHost(List.of(claim)).forEach((of, claims) -> routes.add(routes(of, claims)));
    }

    /** The DestinationRule with the versions. */
    public DestinationPolicy destination() {
        return destination;
    }

    /** The routes, one object for each host. */
    public List<HostRoutes> routes() {
        return List.copyOf(routes);
    }

    /** The routes whose weights Argo Rollouts writes, where it does. */
    public List<ManagedRoutes> managed() {
        return routes.stream()
                .map(route -> route.managed(props.backend()))
                .filter(managed -> !managed.routes().isEmpty())
                .toList();
    }

    private HostRoutes routes(Host host, List<Claim> claims) {
        RouteTable.Builder table = RouteTable.of(host).claims(claims);
        HostRoutes.Builder routes = HostRoutes.Builder.create(this, host.dashed())
                .namespace(props.backend().namespace());
        if (props.entry().isEmpty()) {
            return routes.name(props.backend().service())
                    .mesh()
                    .table(table.build())
                    .build();
        }
        Entry entry = props.entry().get();
        return routes.gateway(entry.gateway())
                .table(table.cors(entry.cors())
                        .verifiesTokens(entry.verifiesTokens())
                        .build())
                .build();
    }

    /**
     * Where clients from outside come in.
     *
     * @param gateway {@code namespace/name}
     * @param cors the host's policy; null: no other origin may call it
     * @param verifiesTokens whether a RequestAuthentication verifies tokens at the gateway
     */
    public record Entry(String gateway, Host host, Cors cors, boolean verifiesTokens) {
        public Entry {
            Require.notBlank("gateway", gateway);
            Require.present("host", host);
        }
    }

    /**
     * All that the sharing needs.
     *
     * @param podLabels what all versions' pods carry
     * @param replicas pods of one version, at least
     * @param entry empty: callers are in the mesh
     */
    public record Props(
            Backend backend,
            Map<String, String> podLabels,
            int replicas,
            Release release,
            Resilience resilience,
            ClientTls tls,
            Optional<Entry> entry,
            Version istio) {
        public Props {
            Require.present("service", backend);
            Require.present("release", release);
            podLabels = Require.notEmpty("podLabels", podLabels);
        }
    }

    /** Collects what the sharing is made of. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Backend backend;
        private Map<String, String> podLabels;
        private int replicas = 1;
        private Release release;
        private Resilience resilience;
        private ClientTls tls;
        private Entry entry;
        private Version istio;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** The service and its first port. */
        public Builder service(SecureService service) {
            return service(
                    new Backend(
                            service.party().name(),
                            service.party().namespace(),
                            service.ports().get(0).port()),
                    service.party().podLabels());
        }

        /** A service by name, and what the pods of all its versions carry. */
        public Builder service(Backend backend, Map<String, String> podLabels) {
            this.backend = backend;
            this.podLabels = podLabels;
            return this;
        }

        /** Pods of one version, at least; default 1. */
        public Builder replicas(int replicas) {
            this.replicas = replicas;
            return this;
        }

        public Builder release(Release release) {
            this.release = release;
            return this;
        }

        /** Sends this share to version {@code v2} and the rest to {@code v1}. */
        public Builder canary(Weight share) {
            return release(Canary.plain(
                    List.of(Canary.Version.of("v1", share.rest().value()), Canary.Version.of("v2", share.value())),
                    null));
        }

        public Builder resilience(Resilience resilience) {
            this.resilience = resilience;
            return this;
        }

        public Builder tls(ClientTls tls) {
            this.tls = tls;
            return this;
        }

        /** Serves a host of a gateway; default: callers in the mesh. */
        public Builder gateway(MeshGateway gateway, Host host) {
            return entry(new Entry(gateway.ref(), host, null, false));
        }

        /** Serves a host of a gateway with all that holds for the host. */
        public Builder entry(Entry entry) {
            this.entry = entry;
            return this;
        }

        /** Release of Istio that reads the objects. */
        public Builder istio(Version istio) {
            this.istio = istio;
            return this;
        }

        public CanaryRoute build() {
            return new CanaryRoute(
                    scope,
                    id,
                    new Props(
                            backend, podLabels, replicas, release, resilience, tls, Optional.ofNullable(entry), istio));
        }
    }
}
