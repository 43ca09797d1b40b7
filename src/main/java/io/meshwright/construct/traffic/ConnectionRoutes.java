package io.meshwright.construct.traffic;

import imports.io.istio.networking.VirtualService;
import imports.io.istio.networking.VirtualServiceSpec;
import imports.io.istio.networking.VirtualServiceSpecTcp;
import imports.io.istio.networking.VirtualServiceSpecTcpMatch;
import imports.io.istio.networking.VirtualServiceSpecTcpRoute;
import imports.io.istio.networking.VirtualServiceSpecTcpRouteDestination;
import imports.io.istio.networking.VirtualServiceSpecTcpRouteDestinationPort;
import imports.io.istio.networking.VirtualServiceSpecTls;
import imports.io.istio.networking.VirtualServiceSpecTlsMatch;
import imports.io.istio.networking.VirtualServiceSpecTlsRoute;
import imports.io.istio.networking.VirtualServiceSpecTlsRouteDestination;
import imports.io.istio.networking.VirtualServiceSpecTlsRouteDestinationPort;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import java.util.List;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** Passes connections of a gateway's listeners on to one service, without reading requests: one VirtualService. */
public final class ConnectionRoutes extends Construct {
    private final VirtualService resource;

    private ConnectionRoutes(Construct scope, String id, Props props) {
        super(scope, id);
        VirtualServiceSpec.Builder spec = VirtualServiceSpec.builder()
                .hosts(List.of(props.host().toString()))
                .gateways(props.gateways());
        List<VirtualServiceSpecTls> passed = props.listeners().stream()
                .filter(Listener::isPassedOn)
                .map(listener -> tls(props, listener))
                .toList();
        List<VirtualServiceSpecTcp> ended = props.listeners().stream()
                .filter(listener -> !listener.isPassedOn())
                .map(listener -> tcp(props, listener))
                .toList();
        if (!passed.isEmpty()) {
            spec.tls(passed);
        }
        if (!ended.isEmpty()) {
            spec.tcp(ended);
        }
        this.resource = VirtualService.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().toString())
                        .namespace(props.backend().namespace().toString())
                        .build())
                .spec(spec.build())
                .build();
    }

    /** The VirtualService, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static VirtualServiceSpecTls tls(Props props, Listener listener) {
        return VirtualServiceSpecTls.builder()
                .match(List.of(VirtualServiceSpecTlsMatch.builder()
                        .port(listener.port().value())
                        .sniHosts(List.of(props.host().toString()))
                        .build()))
                .route(List.of(VirtualServiceSpecTlsRoute.builder()
                        .destination(VirtualServiceSpecTlsRouteDestination.builder()
                                .host(props.backend().host().toString())
                                .port(VirtualServiceSpecTlsRouteDestinationPort.builder()
                                        .number(props.backend().port().value())
                                        .build())
                                .build())
                        .build()))
                .build();
    }

    private static VirtualServiceSpecTcp tcp(Props props, Listener listener) {
        return VirtualServiceSpecTcp.builder()
                .match(List.of(VirtualServiceSpecTcpMatch.builder()
                        .port(listener.port().value())
                        .build()))
                .route(List.of(VirtualServiceSpecTcpRoute.builder()
                        .destination(VirtualServiceSpecTcpRouteDestination.builder()
                                .host(props.backend().host().toString())
                                .port(VirtualServiceSpecTcpRouteDestinationPort.builder()
                                        .number(props.backend().port().value())
                                        .build())
                                .build())
                        .build()))
                .build();
    }

    /**
     * All that passing on needs.
     *
     * @param name of the VirtualService, which stands beside the service
     * @param backend the service's port
     * @param gateways {@code namespace/name} of the Gateways that have the listeners
     * @param host that clients show in TLS; {@code *} for all connections of listeners of plain TCP
     * @param listeners of protocol TLS or TCP that bring them
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Backend backend,
            @Required List<String> gateways,
            @Required Host host,
            @Required List<Listener> listeners) {
        Props {
            for (Listener listener : listeners) {
                Require.that(
                        !listener.isHttp() && listener.serves(host),
                        "listeners",
                        "one of port \"%s\" brings no connections for %s".formatted(listener.port(), host),
                        "give listeners of protocol %s or %s with the host".formatted(Scheme.TLS, Scheme.TCP));
            }
        }
    }

    /** Collects the parts of {@link ConnectionRoutes}. */
    public static final class Builder extends ConnectionRoutesSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public ConnectionRoutes build() {
            return ConstructMaker.make(scope, id, () -> new ConnectionRoutes(scope, id, props()));
        }
    }
}
