package io.meshwright.rehearsal.tunnel;

import com.github.udpa.udpa.type.v1.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The filters that Istio's build of Envoy has and Envoy has not; they are taken out, and each run prints which. */
final class IstioFilters {
    /**
     * Types that Istio's proxy adds (istio/proxy, extensions and source/extensions): what each does to a request is in
     * docs/trace.md.
     */
    private static final List<String> TYPES = List.of(
            "istio.envoy.config.filter.http.alpn.",
            "io.istio.http.peer_metadata.",
            "envoy.tcp.metadataexchange.",
            "envoy.extensions.network_filters.peer_metadata.",
            "stats.PluginConfig",
            "istio.");

    private final Set<String> removed = new TreeSet<>();

    /** Whether the filter is one of Istio's own, which is then told. */
    boolean remove(String name, Any config) throws InvalidProtocolBufferException {
        String type =
                config.is(TypedStruct.class) ? config.unpack(TypedStruct.class).getTypeUrl() : config.getTypeUrl();
        String message = type.substring(type.lastIndexOf('/') + 1);
        if (TYPES.stream().noneMatch(message::startsWith)) {
            return false;
        }
        removed.add(name);
        return true;
    }

    /** Names of those that were taken out so far. */
    Set<String> removed() {
        return removed;
    }
}
