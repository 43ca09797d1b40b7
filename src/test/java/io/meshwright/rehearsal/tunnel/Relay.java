package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.ClusterManager;
import io.envoyproxy.envoy.config.bootstrap.v3.LayeredRuntime;
import io.envoyproxy.envoy.config.bootstrap.v3.RuntimeLayer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What istiod says to a proxy as the static configuration of an Envoy on loopback. */
final class Relay {
    static final int ADMIN = 15000;

    private final Loopback loopback;
    private final IstioFilters removed = new IstioFilters();
    private final Identity test;
    private final String keySet;

    /** {@code test} is for what istiod has no certificate of, {@code keySet} the JWKS of the test. */
    Relay(Loopback loopback, Identity test, String keySet) {
        this.loopback = loopback;
        this.test = test;
        this.keySet = keySet;
    }

    /** Istio's own filters that were taken out so far. */
    Set<String> removed() {
        return removed.removed();
    }

    /** A proxy's configuration, the ports that its application listens on, and all addresses that it may call. */
    record Relayed(
            Bootstrap bootstrap, Set<Integer> applicationPorts, List<SocketAddress> reached, int trustedProxies) {}

    Relayed relay(ProxiedPod pod, Resources resources, Identity own) throws InvalidProtocolBufferException {
        RelayedTls tls = new RelayedTls(own, test, resources.secrets());
        RelayedClusters clusters = new RelayedClusters(pod, loopback, tls, removed, resources);
        Map<String, RouteConfiguration> routes = new HashMap<>();
        resources.routes().forEach(each -> routes.put(each.getName(), each));
        Bootstrap.Builder bootstrap = bootstrap(pod);
        for (Cluster cluster : resources.clusters()) {
            if (!cluster.hasClusterType() && !isTunnel(cluster)) {
                bootstrap.getStaticResourcesBuilder().addClusters(clusters.relayed(cluster));
            }
        }
        Set<Integer> ports = new TreeSet<>(clusters.inbound());
        pod.pod().getSpec().getContainers().stream()
                .filter(container -> container != pod.proxy())
                .flatMap(container -> container.getPorts().stream())
                .forEach(port -> ports.add(port.getContainerPort()));
        RelayedFilters filters = new RelayedFilters(routes, removed, new Alpn(resources.clusters()), keySet);
        List<Listener> listeners =
                new RelayedListeners(pod, loopback, filters, tls, removed).relayed(resources.listeners(), ports);
        bootstrap.getStaticResourcesBuilder().addAllListeners(listeners);
        if (!pod.isGateway()) {
            passthroughs(bootstrap, pod, ports);
        }
        for (Secret secret : tls.secrets()) {
            bootstrap.getStaticResourcesBuilder().addSecrets(secret);
        }
        return new Relayed(
                bootstrap.build(),
                pod.isGateway() ? Set.of() : ports,
                new ArrayList<>(clusters.reached()),
                pod.isGateway() ? filters.trustedProxies() : 0);
    }

    private static boolean isTunnel(Cluster cluster) {
        return cluster.getTransportSocket().getName().equals("envoy.transport_sockets.internal_upstream");
    }

    private static void passthroughs(Bootstrap.Builder bootstrap, ProxiedPod pod, Set<Integer> ports)
            throws InvalidProtocolBufferException {
        List<Cluster> found = bootstrap.getStaticResources().getClustersList().stream()
                .filter(cluster -> cluster.getName().equals(RelayedListeners.INBOUND_PASSTHROUGH))
                .toList();
        for (Cluster cluster : found) {
            for (int port : ports) {
                bootstrap
                        .getStaticResourcesBuilder()
                        .addClusters(RelayedClusters.application(
                                cluster.toBuilder(), RelayedFilters.passthrough(port), pod.address(), port));
            }
        }
    }

    /** Runtime keys are those that Istio's agent writes (pkg/bootstrap/config.go). */
    private static Bootstrap.Builder bootstrap(ProxiedPod pod) {
        Struct runtime = Struct.newBuilder()
                .putFields("re2.max_program_size.error_level", text("32768"))
                .putFields(
                        "envoy.reloadable_features.http_reject_path_with_fragment",
                        Value.newBuilder().setBoolValue(false).build())
                .build();
        return Bootstrap.newBuilder()
                .setNode(Node.newBuilder().setId(pod.toString()).setCluster("tunnel"))
                .setAdmin(Admin.newBuilder().setAddress(at(pod, ADMIN)))
                .setClusterManager(ClusterManager.newBuilder()
                        .setUpstreamBindConfig(BindConfig.newBuilder()
                                .setSourceAddress(at(pod, 0).getSocketAddress())))
                .setLayeredRuntime(LayeredRuntime.newBuilder()
                        .addLayers(RuntimeLayer.newBuilder().setName("istio").setStaticLayer(runtime)));
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Address at(ProxiedPod pod, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder()
                        .setAddress(Loopback.pod(pod.address()))
                        .setPortValue(port))
                .build();
    }
}
