package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Filter;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A proxy's clusters with their endpoints written into them, all of them on loopback. */
final class RelayedClusters {
    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final int PORT_OF_INBOUND = 1;

    private final ProxiedPod pod;
    private final Loopback loopback;
    private final RelayedTls tls;
    private final IstioFilters filters;
    private final Map<String, ClusterLoadAssignment> endpoints = new TreeMap<>();
    private final Set<Integer> inbound = new TreeSet<>();

    private final List<SocketAddress> reached = new ArrayList<>();

    RelayedClusters(ProxiedPod pod, Loopback loopback, RelayedTls tls, IstioFilters filters, Resources resources) {
        this.pod = pod;
        this.loopback = loopback;
        this.tls = tls;
        this.filters = filters;
        resources.endpoints().forEach(each -> endpoints.put(each.getClusterName(), each));
    }

    /** Ports of the application that a cluster leads to. */
    Set<Integer> inbound() {
        return inbound;
    }

    /** Every address that a request of this proxy may be sent to. */
    List<SocketAddress> reached() {
        return reached;
    }

    Cluster relayed(Cluster cluster) throws InvalidProtocolBufferException {
        Cluster.Builder relayed = cluster.toBuilder().clearFilters().clearTransportSocketMatches();
        for (Filter filter : cluster.getFiltersList()) {
            if (!filters.remove(filter.getName(), filter.getTypedConfig())) {
                relayed.addFilters(filter);
            }
        }
        if (cluster.hasTransportSocket()) {
            relayed.setTransportSocket(tls.socket(cluster.getTransportSocket()));
        }
        for (var match : cluster.getTransportSocketMatchesList()) {
            relayed.addTransportSocketMatches(
                    match.toBuilder().setTransportSocket(tls.socket(match.getTransportSocket())));
        }
        if (cluster.getName().startsWith("inbound|")) {
            return application(relayed, Integer.parseInt(cluster.getName().split("\\|")[PORT_OF_INBOUND]));
        }
        switch (cluster.getType()) {
            case EDS ->
                addressed(
                        relayed.clearEdsClusterConfig(),
                        endpoints.getOrDefault(Names.endpoints(cluster), ClusterLoadAssignment.getDefaultInstance()));
            case STATIC, STRICT_DNS, LOGICAL_DNS -> addressed(relayed, cluster.getLoadAssignment());
            default -> {} // ORIGINAL_DST goes where the client of the test meant to go, which is loopback
        }
        return relayed.build();
    }

    private void addressed(Cluster.Builder cluster, ClusterLoadAssignment assignment) {
        ClusterLoadAssignment.Builder moved =
                assignment.toBuilder().setClusterName(cluster.getName()).clearEndpoints();
        for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
            LocalityLbEndpoints.Builder to = locality.toBuilder().clearLbEndpoints();
            locality.getLbEndpointsList().forEach(endpoint -> to.addLbEndpoints(moved(endpoint)));
            moved.addEndpoints(to);
        }
        cluster.setType(Cluster.DiscoveryType.STATIC).setLoadAssignment(moved).clearDnsLookupFamily();
    }

    private LbEndpoint moved(LbEndpoint endpoint) {
        Address address = loopback.moved(endpoint.getEndpoint().getAddress());
        reached.add(address.getSocketAddress());
        return endpoint.toBuilder()
                .setEndpoint(endpoint.getEndpoint().toBuilder()
                        .clearHealthCheckConfig()
                        .setAddress(address))
                .build();
    }

    /** The application listens beside its proxy, since no packet filter leads calls of its port to the proxy. */
    private Cluster application(Cluster.Builder cluster, int port) throws InvalidProtocolBufferException {
        inbound.add(port);
        return application(cluster, cluster.getName(), pod.address(), port);
    }

    /** Applications of the test speak HTTP/1.1, whatever their ports declare. */
    static Cluster application(Cluster.Builder cluster, String name, String podAddress, int port)
            throws InvalidProtocolBufferException {
        Address address = Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder()
                        .setAddress(Loopback.application(podAddress))
                        .setPortValue(port))
                .build();
        HttpProtocolOptions.Builder options = cluster.containsTypedExtensionProtocolOptions(OPTIONS)
                ? cluster.getTypedExtensionProtocolOptionsOrThrow(OPTIONS).unpack(HttpProtocolOptions.class).toBuilder()
                : HttpProtocolOptions.newBuilder();
        options.setExplicitHttpConfig(HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance()));
        return cluster.setName(name)
                .setType(Cluster.DiscoveryType.STATIC)
                .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
                .clearOriginalDstLbConfig()
                .putTypedExtensionProtocolOptions(OPTIONS, Any.pack(options.build()))
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder().setAddress(address)))))
                .build();
    }
}
