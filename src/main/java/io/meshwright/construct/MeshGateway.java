package io.meshwright.construct;

import imports.io.istio.networking.Gateway;
import imports.io.istio.networking.GatewaySpec;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.CalledService;
import io.meshwright.construct.network.GatewayAddress;
import io.meshwright.construct.network.ListenerAddress;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.Claim;
import io.meshwright.construct.traffic.GivenService;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.construct.traffic.RouteTable;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.RoutingApi;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.gatewayapi.ListenerWords;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.workload.ServicePort;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * Lets outside traffic into the mesh: an Istio Gateway whose listeners the gateway pods open, and further ones for
 * hosts whose clients alone must show certificates; or a Gateway of the Gateway API.
 *
 * <pre>{@code
 * MeshGateway gateway = MeshGateway.Builder.create(this, "gateway")
 *     .name("shop").namespace("shop")
 *     .http(80, "shop.example.org")
 *     .build();
 * gateway.expose(web, "shop.example.org");
 * }</pre>
 */
public final class MeshGateway extends Construct implements GatewayAddress {
    private static final Name CHART = Name.of("istio-ingressgateway");

    private final ApiObject gateway;
    private final Props props;
    private final GatewayParts parts;

    private MeshGateway(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.parts = new GatewayParts(props.name(), props.listeners());
        this.gateway = props.api() == RoutingApi.GATEWAY_API
                ? props.translated().add(this, metadata(props))
                : gateway(
                        "Resource",
                        metadata(props),
                        Objects.requireNonNull(parts.all().get(props.name())));
        if (props.api() == RoutingApi.ISTIO) {
            parts.all().forEach((name, listeners) -> {
                if (!name.equals(props.name())) {
                    gateway(name.toString(), metadata(name).build(), listeners);
                }
            });
        }
    }

    private Gateway gateway(String id, ApiObjectMetadata metadata, List<Listener> listeners) {
        return Gateway.Builder.create(this, id)
                .metadata(metadata)
                .spec(GatewaySpec.builder()
                        .selector(props.pods().podLabels())
                        .servers(GatewayServers.of(listeners))
                        .build())
                .build();
    }

    @Override
    public String ref() {
        return "%s/%s".formatted(props.namespace(), props.name());
    }

    /**
     * The Gateways to which the routes of a host are bound: a host whose clients must show certificates, beside others
     * of its port whose clients need not, has a Gateway of its own.
     */
    @Override
    public List<String> refs(Host host) {
        return refs(parts.serving(host));
    }

    @Override
    public List<ListenerAddress> listeners(Host host) {
        return props.api() == RoutingApi.GATEWAY_API
                ? Require.notEmpty("listeners", props.translated().serving(host))
                : List.of();
    }

    /** The Gateways that have any of these listeners, to which routes of their connections are bound. */
    public List<String> refsOf(Collection<Listener> listeners) {
        return refs(parts.having(listeners));
    }

    private List<String> refs(List<Name> names) {
        return names.stream()
                .map(name -> "%s/%s".formatted(props.namespace(), name))
                .toList();
    }

    /** The gateway's pods as a caller of services. */
    public Party pods() {
        return props.pods();
    }

    /**
     * Routes every request for a host to the first port of a service, by a VirtualService in the service's namespace. A
     * host whose paths go to several services has {@link HostRoutes} of its own instead.
     *
     * @param host that a listener answers for, such as {@code shop.example.org}
     * @throws io.meshwright.construct.object.InvalidConstruct where no listener does, the port speaks no HTTP, or the
     *     host is exposed already
     */
    public HostRoutes expose(CalledService service, String host) {
        return ConstructMaker.make(this, host, () -> {
            ServicePort port = Require.notEmpty("ports", service.ports()).get(0);
            Require.that(
                    port.protocol().isHttp(),
                    "ports[0]",
                    "speaks %s, which routes of hosts do not read"
                            .formatted(port.protocol().word()),
                    "put a port of HTTP first");
            Party party = service.party();
            return routes(new Backend(party.name(), party.namespace(), port.port()), host);
        });
    }

    /**
     * The same for a Service of cdk8s-plus, by its first port.
     *
     * @throws io.meshwright.construct.object.InvalidConstruct as above, and where it has no name or namespace of its
     *     own, or is no Service with a selector
     */
    public HostRoutes expose(org.cdk8s.plus34.Service service, String host) {
        return ConstructMaker.make(
                this, host, () -> routes(GivenService.of(service).backend(), host));
    }

    private HostRoutes routes(Backend backend, String name) {
        Host host = Host.of(name);
        Require.that(
                props.listeners().stream().anyMatch(listener -> listener.isHttp() && listener.serves(host)),
                "host",
                "\"%s\" is answered by no listener of %s".formatted(host, ref()),
                "add it to the hosts of one");
        return HostRoutes.Builder.create(this, host.dashed())
                .namespace(backend.namespace())
                .gateway(this)
                .table(RouteTable.of(host)
                        .claim(Claim.of(backend, Route.of(host)))
                        .build())
                .build();
    }

    /** The Gateway, of whichever API, for what this construct cannot say. */
    public ApiObject resource() {
        return gateway;
    }

    private ApiObjectMetadata.Builder metadata(Name name) {
        return ApiObjectMetadata.builder()
                .name(name.toString())
                .namespace(props.namespace().toString());
    }

    private ApiObjectMetadata metadata(Props props) {
        ApiObjectMetadata.Builder metadata = metadata(props.name());
        return props.secretsByHand().isEmpty()
                ? metadata.build()
                : metadata.annotations(Map.of(
                                MeshwrightNames.SECRETS_BY_HAND,
                                props.secretsByHand().stream()
                                        .map(secret ->
                                                "%s/%s".formatted(props.pods().namespace(), secret))
                                        .collect(Collectors.joining(", "))))
                        .build();
    }

    /**
     * All a gateway needs.
     *
     * @param name of the Gateway
     * @param namespace where it stands
     * @param pods the gateway pods: their labels are the selector, their identity is what services admit; default:
     *     those that Istio's chart {@code gateway} installs in istio-system as istio-ingressgateway
     * @param listeners ports that the pods open
     * @param api of which the Gateway and its routes are; default: Istio's own
     * @param service host of the pods' Service, by which a Gateway of the Gateway API knows them; default: that of the
     *     chart
     * @param routeNamespaces whose routes a Gateway of the Gateway API takes; none: those of every namespace
     * @param secretsByHand Secrets in the pods' namespace that somebody makes before the first sync; the Gateway names
     *     them for the reader and for the checks
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Name namespace,
            @Defaulted Party pods,
            @Required List<Listener> listeners,
            @Defaulted RoutingApi api,
            @Defaulted Host service,
            SortedSet<Name> routeNamespaces,
            SortedSet<ObjectName> secretsByHand) {
        Props {
            pods = pods == null ? ofChart(listeners) : pods;
            api = api == null ? RoutingApi.ISTIO : api;
            service = service == null ? KubernetesNames.serviceHost(CHART, IstioNames.ROOT_NAMESPACE) : service;
            Require.that(
                    !pods.podLabels().isEmpty(),
                    "pods",
                    "select every gateway of the cluster",
                    "give labels, such as %s".formatted(Map.of("istio", "ingressgateway")));
            if (api == RoutingApi.GATEWAY_API) {
                ListenerWords.refusals(listeners, namespace, pods.namespace()).stream()
                        .findFirst()
                        .ifPresent(refusal -> {
                            throw refusal;
                        });
            }
        }

        private ApiGateway translated() {
            return new ApiGateway(name, namespace, service, listeners, routeNamespaces);
        }
    }

    /** The pods of Istio's own chart, which listen above 1024 for a listener below it. */
    private static Party ofChart(List<Listener> listeners) {
        return Party.meshed(
                Name.of("gateway"),
                Identity.of(IstioNames.ROOT_NAMESPACE, CHART),
                Map.of("istio", "ingressgateway"),
                listeners.stream()
                        .map(listener -> TargetPort.http(
                                GatewayPorts.target(listener.port().value())))
                        .distinct()
                        .toArray(TargetPort[]::new));
    }

    /** Collects what a gateway is made of. */
    public static final class Builder extends MeshGatewaySetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Name of the Gateway. */
        public Builder name(String name) {
            return name(ConstructMaker.make(scope, id, () -> Name.of(name)));
        }

        /** Namespace where it stands. */
        public Builder namespace(String namespace) {
            return namespace(ConstructMaker.make(scope, id, () -> Name.of(namespace)));
        }

        /** Answers hosts on a port, from 1 to 65535, by HTTP; {@code *.example.org} is every host below. */
        public Builder http(int port, String... hosts) {
            return listen(port, Scheme.HTTP, null, hosts);
        }

        /**
         * Answers hosts on a port, from 1 to 65535, by HTTPS.
         *
         * @param certificate name of a Secret of type kubernetes.io/tls in the namespace of the gateway's pods, which
         *     somebody makes
         */
        public Builder https(int port, String certificate, String... hosts) {
            Tls tls = ConstructMaker.make(
                    scope, id, () -> new Tls(ObjectName.of(certificate), null, null, null, null, null, null));
            return listen(port, Scheme.HTTPS, tls, hosts);
        }

        private Builder listen(int port, Scheme scheme, @Nullable Tls tls, String... hosts) {
            return listeners(ConstructMaker.make(
                    scope,
                    id,
                    () -> List.of(new Listener(
                            Port.of(port),
                            scheme,
                            Arrays.stream(hosts).map(Host::of).toList(),
                            tls,
                            null))));
        }

        /**
         * Makes it.
         *
         * @throws io.meshwright.construct.object.InvalidConstruct where a setting is missing or cannot be, with the
         *     path of this construct; another construct of this id among them
         */
        public MeshGateway build() {
            return ConstructMaker.make(scope, id, () -> new MeshGateway(scope, id, props()));
        }
    }
}
