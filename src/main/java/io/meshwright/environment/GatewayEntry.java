package io.meshwright.environment;

import io.meshwright.platform.Exposure;
import io.meshwright.platform.OnPremises.NodePorts;
import io.meshwright.platform.Platform;
import io.meshwright.value.Cidr;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.RoutingApi;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One way into the mesh: the first gateway, which callers and routes name {@code gateway}, or a further one by its key.
 *
 * @param name by which callers and routes name it
 * @param at its place in the file
 * @param edge who stands in front of it
 */
public record GatewayEntry(Name name, KeyPath at, Gateway gateway, Edge edge, Platform platform) {
    /** The name of the first gateway among callers and routes. */
    public static final Name FIRST = Name.of("gateway");

    private static final Name FIRST_RELEASE = Name.of("istio-ingressgateway");

    static GatewayEntry first(Environment environment) {
        return new GatewayEntry(
                FIRST,
                KeyPath.of("gateway"),
                environment.gateway(),
                environment.cluster().edge(),
                environment.cluster().platform());
    }

    static GatewayEntry further(Environment environment, Name name, FurtherGateway settings) {
        return new GatewayEntry(
                name,
                KeyPath.of("gateways").key(name.toString()),
                settings.named(name),
                settings.edge(),
                environment.cluster().platform());
    }

    public boolean isFirst() {
        return name.equals(FIRST);
    }

    /** True if its Gateway and routes are the Gateway API's. */
    public boolean isOfGatewayApi() {
        return gateway.api() == RoutingApi.GATEWAY_API;
    }

    /** As sentences call it. */
    public String words() {
        return isFirst() ? "the gateway" : "gateway \"%s\"".formatted(name);
    }

    /** Name of the chart's release, after which it names its pods and their Service. */
    public Name release() {
        return isFirst() ? FIRST_RELEASE : FurtherGateway.release(name);
    }

    /** The pods that Istio's gateway chart installs; its listeners' own ports are those of the Service's target. */
    public Party pods() {
        TargetPort[] ports = gateway.listeners().stream()
                .map(Listener::port)
                .distinct()
                .map(this::target)
                .toArray(TargetPort[]::new);
        return Party.meshed(
                name,
                Identity.of(Parties.ISTIO_SYSTEM, gateway.serviceAccount()),
                new TreeMap<>(Map.of("istio", release().toString().replaceFirst("^istio-", ""))),
                ports);
    }

    /** Policies tell requests on a port only where every listener reads them. */
    private TargetPort target(Port port) {
        boolean http = gateway.listeners().stream()
                .filter(listener -> listener.port().equals(port))
                .allMatch(Listener::isHttp);
        return new TargetPort(Port.of(GatewayPorts.target(port.value())), http);
    }

    /** True if a load balancer is asked for. */
    public boolean isBalanced() {
        GatewayService.Type type = gateway.service().type();
        return type == null ? platform.balances() : type == GatewayService.Type.LOAD_BALANCER;
    }

    /** True if node ports are asked for that the platform fixes for the first gateway. */
    public boolean wantsPortsOfPlatform() {
        return gateway.service().type() == null && !platform.balances();
    }

    /** Returns who hides the client's address from its pods; empty where they see it. */
    public Optional<Platform.Hiding> hiding() {
        GatewayService.Type type = gateway.service().type();
        if (type == null || type == GatewayService.Type.LOAD_BALANCER && platform.balances()) {
            return platform.hiding();
        }
        NodePorts own = gateway.service().nodePorts();
        return type == GatewayService.Type.NODE_PORT && (own == null || !own.healthChecked())
                ? Optional.of(
                        NodePorts.hiding(at.key("service").key("nodePorts").text()))
                : Optional.empty();
    }

    /** Returns the way in which the Service in front of the pods is reached. */
    public Exposure exposure() {
        GatewayService.Type type = gateway.service().type();
        if (type == null || type == GatewayService.Type.LOAD_BALANCER && platform.balances()) {
            return platform.expose(new Platform.Request(gateway.address(), allowedSources(), isFirst()));
        }
        NodePorts nodePorts = gateway.service().nodePorts();
        return switch (type) {
            case LOAD_BALANCER -> Exposure.loadBalancer(Map.of(), true);
            case NODE_PORT ->
                nodePorts == null
                        ? Exposure.nodePorts(Map.of(), false)
                        : Exposure.nodePorts(nodePorts.byPort(), nodePorts.healthChecked());
            case CLUSTER_IP -> Exposure.clusterIp();
        };
    }

    /** Networks that the load balancer admits alone; empty where it admits all, or is told by annotations. */
    public List<String> sourceRanges() {
        return isBalanced() && !platform.annotatesSources() ? allowedSources() : List.of();
    }

    private List<String> allowedSources() {
        List<Cidr> own = gateway.service().loadBalancerSourceRanges();
        boolean closed = own.isEmpty() && edge.closeOrigin() && platform.limitsSources();
        List<Cidr> admitted = closed ? AddressSet.cloudflare().blocks() : own;
        return admitted.stream()
                .filter(block ->
                        !closed || platform.takesIpv6() || !block.first().isIpv6())
                .map(Cidr::toString)
                .toList();
    }
}
