package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names by which resources refer to others, which a proxy then asks for. */
final class Names {
    private Names() {}

    static List<String> endpoints(List<Cluster> clusters) {
        return clusters.stream()
                .filter(cluster -> cluster.getType() == Cluster.DiscoveryType.EDS)
                .map(Names::endpoints)
                .toList();
    }

    static String endpoints(Cluster cluster) {
        String service = cluster.getEdsClusterConfig().getServiceName();
        return service.isEmpty() ? cluster.getName() : service;
    }

    static List<String> routes(List<Listener> listeners) throws InvalidProtocolBufferException {
        TreeSet<String> names = new TreeSet<>();
        for (FilterChain chain : listeners.stream().flatMap(Names::chains).toList()) {
            for (var filter : chain.getFiltersList()) {
                if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
                    names.add(filter.getTypedConfig()
                            .unpack(HttpConnectionManager.class)
                            .getRds()
                            .getRouteConfigName());
                }
            }
        }
        names.remove("");
        return List.copyOf(names);
    }

    /** Those that a gateway asks istiod for; the others are its agent's. */
    static List<String> secrets(List<Listener> listeners) throws InvalidProtocolBufferException {
        TreeSet<String> names = new TreeSet<>();
        for (FilterChain chain : listeners.stream().flatMap(Names::chains).toList()) {
            if (chain.getTransportSocket().getTypedConfig().is(DownstreamTlsContext.class)) {
                secrets(chain.getTransportSocket()
                                .getTypedConfig()
                                .unpack(DownstreamTlsContext.class)
                                .getCommonTlsContext())
                        .forEach(names::add);
            }
        }
        names.removeIf(name -> !name.startsWith("kubernetes://"));
        return List.copyOf(names);
    }

    static List<String> secrets(CommonTlsContext context) {
        List<SdsSecretConfig> all = new ArrayList<>(context.getTlsCertificateSdsSecretConfigsList());
        all.add(context.getValidationContextSdsSecretConfig());
        all.add(context.getCombinedValidationContext().getValidationContextSdsSecretConfig());
        return all.stream()
                .map(SdsSecretConfig::getName)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static Stream<FilterChain> chains(Listener listener) {
        return Stream.concat(
                listener.getFilterChainsList().stream(),
                listener.hasDefaultFilterChain() ? Stream.of(listener.getDefaultFilterChain()) : Stream.empty());
    }
}
