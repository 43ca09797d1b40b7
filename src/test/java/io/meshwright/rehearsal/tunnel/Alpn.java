package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The protocols that a proxy offers in TLS to the next one, by which that one tells HTTP from bytes: Istio's own filter
 * chooses them by the cluster's protocol, Envoy's {@code set_filter_state} does here.
 */
final class Alpn {
    private static final String NAME = "envoy.filters.http.set_filter_state";
    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final String HTTP_1 = "istio-http/1.1,istio,http/1.1";
    private static final String HTTP_2 = "istio-h2,istio,h2";

    private final Set<String> http2 = new TreeSet<>();
    private final Set<String> untouched = new TreeSet<>();

    Alpn(List<Cluster> clusters) throws InvalidProtocolBufferException {
        for (Cluster cluster : clusters) {
            if (cluster.containsTypedExtensionProtocolOptions(OPTIONS)
                    && cluster.getTypedExtensionProtocolOptionsOrThrow(OPTIONS)
                            .unpack(HttpProtocolOptions.class)
                            .getExplicitHttpConfig()
                            .hasHttp2ProtocolOptions()) {
                http2.add(cluster.getName());
            }
            if (cluster.getMetadata()
                    .getFilterMetadataOrDefault("istio", com.google.protobuf.Struct.getDefaultInstance())
                    .containsFields("alpn_override")) {
                untouched.add(cluster.getName());
            }
        }
    }

    static HttpFilter filter() {
        return HttpFilter.newBuilder()
                .setName(NAME)
                .setTypedConfig(Any.pack(offering(HTTP_1)))
                .build();
    }

    /** The route with what its clusters ask for, each of those that share it for itself. */
    Route.Builder route(Route route) {
        Route.Builder changed = route.toBuilder();
        override(route.getRoute().getCluster())
                .ifPresent(config -> changed.putTypedPerFilterConfig(NAME, Any.pack(config)));
        if (route.getRoute().hasWeightedClusters()) {
            for (WeightedCluster.ClusterWeight.Builder each :
                    changed.getRouteBuilder().getWeightedClustersBuilder().getClustersBuilderList()) {
                override(each.getName()).ifPresent(config -> each.putTypedPerFilterConfig(NAME, Any.pack(config)));
            }
        }
        return changed;
    }

    private Optional<Config> override(String cluster) {
        if (untouched.contains(cluster)) {
            return Optional.of(Config.getDefaultInstance());
        }
        return http2.contains(cluster) ? Optional.of(offering(HTTP_2)) : Optional.empty();
    }

    private static Config offering(String protocols) {
        return Config.newBuilder()
                .addOnRequestHeaders(FilterStateValue.newBuilder()
                        .setObjectKey("envoy.network.application_protocols")
                        .setSharedWithUpstream(FilterStateValue.SharedWithUpstream.ONCE)
                        .setFormatString(SubstitutionFormatString.newBuilder()
                                .setTextFormatSource(DataSource.newBuilder().setInlineString(protocols))))
                .build();
    }
}
