package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A proxy's listeners on loopback. No packet filter leads connections to them, so a client tells by the PROXY protocol
 * where it meant to go, and each port of the application is listened on by itself.
 */
final class RelayedListeners {
    static final int OUTBOUND = 15001;
    static final String INBOUND_PASSTHROUGH = "InboundPassthroughCluster";
    private static final String PROXY_PROTOCOL = "envoy.filters.listener.proxy_protocol";
    private static final String ORIGINAL_DESTINATION = "envoy.filters.listener.original_dst";

    private final ProxiedPod pod;
    private final Loopback loopback;
    private final RelayedFilters filters;
    private final RelayedTls tls;
    private final IstioFilters removed;

    RelayedListeners(ProxiedPod pod, Loopback loopback, RelayedFilters filters, RelayedTls tls, IstioFilters removed) {
        this.pod = pod;
        this.loopback = loopback;
        this.filters = filters;
        this.tls = tls;
        this.removed = removed;
    }

    List<Listener> relayed(List<Listener> listeners, Set<Integer> applicationPorts)
            throws InvalidProtocolBufferException {
        List<Listener> relayed = new ArrayList<>();
        for (Listener listener : listeners) {
            if (listener.hasInternalListener()) {
                continue; // the tunnel to ztunnel's pods, which no row of ours takes
            }
            if (listener.getName().equals("virtualInbound")) {
                for (int port : applicationPorts) {
                    relayed.add(inbound(listener, port));
                }
            } else {
                relayed.add(outbound(listener));
            }
        }
        return relayed;
    }

    private Listener outbound(Listener listener) throws InvalidProtocolBufferException {
        boolean bound = !listener.hasBindToPort() || listener.getBindToPort().getValue();
        Listener.Builder relayed = chains(listener, 0);
        if (bound) {
            relayed.setAddress(at(listener.getAddress().getSocketAddress().getPortValue()));
            boolean told = listener.getListenerFiltersList().stream()
                    .anyMatch(filter -> filter.getName().equals(PROXY_PROTOCOL));
            if (!told) {
                relayed.addListenerFilters(0, proxyProtocol());
            }
        } else {
            relayed.setAddress(loopback.moved(listener.getAddress()));
        }
        return relayed.clearAdditionalAddresses().build();
    }

    private Listener inbound(Listener listener, int port) throws InvalidProtocolBufferException {
        return chains(listener, port)
                .setName("%s-%d".formatted(listener.getName(), port))
                .setAddress(at(port))
                .clearAdditionalAddresses()
                .build();
    }

    private Listener.Builder chains(Listener listener, int port) throws InvalidProtocolBufferException {
        Listener.Builder relayed = listener.toBuilder()
                .clearFilterChains()
                .clearDefaultFilterChain()
                .clearAccessLog()
                .addAccessLog(AccessLog.CONFIG)
                .clearListenerFilters();
        for (ListenerFilter filter : listener.getListenerFiltersList()) {
            if (!filter.getName().equals(ORIGINAL_DESTINATION)
                    && !removed.remove(filter.getName(), filter.getTypedConfig())) {
                relayed.addListenerFilters(filter);
            }
        }
        for (FilterChain chain : listener.getFilterChainsList()) {
            relayed.addFilterChains(chain(chain, port));
        }
        if (listener.hasDefaultFilterChain()) {
            relayed.setDefaultFilterChain(chain(listener.getDefaultFilterChain(), port));
        }
        return relayed;
    }

    private FilterChain chain(FilterChain chain, int port) throws InvalidProtocolBufferException {
        FilterChain.Builder relayed = chain.toBuilder().clearFilters();
        if (chain.hasFilterChainMatch()) {
            relayed.setFilterChainMatch(loopback.moved(chain.getFilterChainMatch()));
        }
        for (Filter filter : chain.getFiltersList()) {
            if (!removed.remove(filter.getName(), filter.getTypedConfig())) {
                filters.relayed(filter, port).forEach(relayed::addFilters);
            }
        }
        if (chain.hasTransportSocket()) {
            relayed.setTransportSocket(tls.socket(chain.getTransportSocket()));
        }
        return relayed.build();
    }

    private Address at(int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder()
                        .setAddress(Loopback.pod(pod.address()))
                        .setPortValue(port))
                .build();
    }

    /** Proxies of others say nothing of themselves, as in a cluster. */
    private static ListenerFilter proxyProtocol() {
        return ListenerFilter.newBuilder()
                .setName(PROXY_PROTOCOL)
                .setTypedConfig(Any.pack(ProxyProtocol.newBuilder()
                        .setAllowRequestsWithoutProxyProtocol(true)
                        .build()))
                .build();
    }
}
