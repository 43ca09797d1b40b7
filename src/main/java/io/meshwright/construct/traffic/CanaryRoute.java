package io.meshwright.construct.traffic;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.CalledService;
import io.meshwright.construct.network.GatewayAddress;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
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
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
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
        DestinationPolicy.Builder policy = DestinationPolicy.Builder.create(this, "destination")
                .backend(props.backend())
                .podLabels(props.podLabels())
                .replicas(props.replicas())
                .release(props.release());
        props.resilience().ifPresent(policy::resilience);
        props.tls().ifPresent(policy::tls);
        props.istio().ifPresent(policy::istio);
        this.destination = policy.build();
        Host host = props.entry().map(Entry::host).orElse(props.backend().host());
        Claim claim =
                Claim.of(props.backend(), Route.of(host), props.resilience().orElse(null), props.release());
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
        return routes.gateways(entry.gateways())
                .table(table.cors(entry.cors())
                        .verifiesTokens(entry.verifiesTokens())
                        .build())
                .build();
    }

    /**
     * Entrance of clients from outside.
     *
     * @param gateways {@code namespace/name} of each
     * @param cors the host's policy; null: no other origin may call it
     * @param verifiesTokens whether a RequestAuthentication verifies tokens at the gateway
     */
    public record Entry(
            List<String> gateways, Host host, @Nullable Cors cors, boolean verifiesTokens) {
        public Entry {
            gateways = Require.notEmpty("gateways", gateways);
            Require.present("host", host);
        }
    }

    /**
     * All that the sharing needs.
     *
     * @param backend the service
     * @param podLabels what all versions' pods carry
     * @param replicas pods of one version, at least; default 1
     * @param release the versions and their shares
     * @param resilience pools, circuit breaker, retries and timeout; absent: the defaults
     * @param tls of the clients; absent: mutual TLS wherever both ends can
     * @param entry where clients from outside come in, with all that holds for their host; absent: callers are in the
     *     mesh
     * @param istio release that reads the objects; absent: the oldest that is supported
     */
    @Buildable
    record Props(
            @Required Backend backend,
            @Required SortedMap<String, String> podLabels,
            @Defaulted Integer replicas,
            @Required Release release,
            Optional<Resilience> resilience,
            Optional<ClientTls> tls,
            Optional<Entry> entry,
            Optional<Version> istio) {
        Props {
            replicas = replicas == null ? 1 : replicas;
        }
    }

    /** Collects what the sharing is made of. */
    public static final class Builder extends CanaryRouteSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** The service and its first port. */
        public Builder service(CalledService service) {
            return service(
                    new Backend(
                            service.party().name(),
                            service.party().namespace(),
                            service.ports().get(0).port()),
                    service.party().podLabels());
        }

        /** A service by name, and what the pods of all its versions carry. */
        public Builder service(Backend backend, Map<String, String> podLabels) {
            return backend(backend).podLabels(podLabels);
        }

        /** Sends this share to version {@code v2} and the rest to {@code v1}. */
        public Builder canary(Weight share) {
            return release(Canary.plain(
                    List.of(Canary.Version.of("v1", share.rest().value()), Canary.Version.of("v2", share.value())),
                    null));
        }

        /** Serves a host of a gateway; default: callers in the mesh. */
        public Builder gateway(GatewayAddress gateway, Host host) {
            return entry(new Entry(gateway.refs(host), host, null, false));
        }

        public CanaryRoute build() {
            return ConstructMaker.make(scope, id, () -> new CanaryRoute(scope, id, props()));
        }
    }
}
