package io.meshwright.construct.security;

import imports.io.istio.networking.Gateway;
import imports.io.istio.networking.GatewaySpec;
import imports.io.istio.networking.GatewaySpecServers;
import imports.io.istio.networking.GatewaySpecServersPort;
import imports.io.istio.networking.GatewaySpecServersTls;
import imports.io.istio.networking.GatewaySpecServersTlsMode;
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
import io.meshwright.value.Host;
import io.meshwright.value.security.ExternalPort;
import java.util.ArrayList;
import java.util.List;
import software.constructs.Construct;

/**
 * Leads calls of one external host through the egress gateway: the sidecar wraps the bytes in mutual TLS with the host
 * as server name, by which the gateway tells hosts on one port apart, whatever they speak.
 */
final class EgressRoute extends Construct {
    private static final String SIDECARS = "mesh"; // Istio's reserved name for every sidecar

    private final External external;
    private final EgressGateway gateway;
    private final Host host;

    EgressRoute(Construct scope, External external, EgressGateway gateway, Host host) {
        super(scope, "route-%s".formatted(host.dashed()));
        this.external = external;
        this.gateway = gateway;
        this.host = host;
        Gateway.Builder.create(this, "gateway")
                .metadata(Notes.none().of(name(), gateway.pods().namespace()))
                .spec(GatewaySpec.builder()
                        .selector(gateway.pods().podLabels())
                        .servers(external.service().ports().stream()
                                .map(this::server)
                                .toList())
                        .build())
                .build();
        VirtualService.Builder.create(this, "Resource")
                .metadata(Notes.none().of(name(), gateway.pods().namespace()))
                .spec(route())
                .build();
    }

    private VirtualServiceSpec route() {
        VirtualServiceSpec.Builder spec = VirtualServiceSpec.builder()
                .hosts(List.of(host.toString()))
                .gateways(List.of(SIDECARS, reference()))
                .exportTo(external.exportTo())
                .tcp(byPort());
        List<VirtualServiceSpecTls> byServerName = toGatewayByServerName();
        return byServerName.isEmpty() ? spec.build() : spec.tls(byServerName).build();
    }

    private String name() {
        return "egress-%s".formatted(host.dashed());
    }

    private String reference() {
        return "%s/%s".formatted(gateway.pods().namespace(), name());
    }

    private GatewaySpecServers server(ExternalPort port) {
        return GatewaySpecServers.builder()
                .hosts(List.of(host.toString()))
                .port(GatewaySpecServersPort.builder()
                        .number(port.number().value())
                        .name(port.name())
                        .protocol("TLS")
                        .build())
                .tls(GatewaySpecServersTls.builder()
                        .mode(GatewaySpecServersTlsMode.ISTIO_UNDERSCORE_MUTUAL)
                        .build())
                .build();
    }

    private List<VirtualServiceSpecTls> toGatewayByServerName() {
        return external.service().ports().stream()
                .filter(port -> port.protocol() == ExternalPort.Protocol.TLS)
                .map(port -> VirtualServiceSpecTls.builder()
                        .match(List.of(VirtualServiceSpecTlsMatch.builder()
                                .gateways(List.of(SIDECARS))
                                .port(port.number().value())
                                .sniHosts(List.of(host.toString()))
                                .build()))
                        .route(List.of(VirtualServiceSpecTlsRoute.builder()
                                .destination(VirtualServiceSpecTlsRouteDestination.builder()
                                        .host(gateway.host())
                                        .subset(External.subsetName(host))
                                        .port(VirtualServiceSpecTlsRouteDestinationPort.builder()
                                                .number(port.number().value())
                                                .build())
                                        .build())
                                .build()))
                        .build())
                .toList();
    }

    private List<VirtualServiceSpecTcp> byPort() {
        List<VirtualServiceSpecTcp> routes = new ArrayList<>();
        for (ExternalPort port : external.service().ports()) {
            if (port.protocol() == ExternalPort.Protocol.TCP) {
                routes.add(tcp(SIDECARS, port, destination(gateway.host(), port).subset(External.subsetName(host))));
            }
            routes.add(tcp(reference(), port, destination(host.toString(), port)));
        }
        return routes;
    }

    private static VirtualServiceSpecTcp tcp(
            String from, ExternalPort port, VirtualServiceSpecTcpRouteDestination.Builder destination) {
        return VirtualServiceSpecTcp.builder()
                .match(List.of(VirtualServiceSpecTcpMatch.builder()
                        .gateways(List.of(from))
                        .port(port.number().value())
                        .build()))
                .route(List.of(VirtualServiceSpecTcpRoute.builder()
                        .destination(destination.build())
                        .build()))
                .build();
    }

    private static VirtualServiceSpecTcpRouteDestination.Builder destination(String host, ExternalPort port) {
        return VirtualServiceSpecTcpRouteDestination.builder()
                .host(host)
                .port(VirtualServiceSpecTcpRouteDestinationPort.builder()
                        .number(port.number().value())
                        .build());
    }
}
