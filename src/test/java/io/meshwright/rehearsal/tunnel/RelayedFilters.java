package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.List;
import java.util.Map;

/** A chain's filters: routes are written into them, keys of tokens are the test's, and all write one access log. */
final class RelayedFilters {
    private static final String ALPN = "istio.alpn";
    private static final String TOKENS = "envoy.filters.http.jwt_authn";

    private final Map<String, RouteConfiguration> routes;
    private final IstioFilters removed;
    private final Alpn alpn;
    private final String keySet;
    private int trustedProxies;

    /** {@code keySet} is the JWKS of the test. */
    RelayedFilters(Map<String, RouteConfiguration> routes, IstioFilters removed, Alpn alpn, String keySet) {
        this.routes = routes;
        this.removed = removed;
        this.alpn = alpn;
        this.keySet = keySet;
    }

    /** The filter, with what must come before it. */
    List<Filter> relayed(Filter filter, int port) throws InvalidProtocolBufferException {
        Any config = filter.getTypedConfig();
        if (config.is(HttpConnectionManager.class)) {
            return List.of(filter.toBuilder()
                    .setTypedConfig(Any.pack(manager(config.unpack(HttpConnectionManager.class), port)))
                    .build());
        }
        if (config.is(TcpProxy.class)) {
            TcpProxy.Builder proxy = config.unpack(TcpProxy.class).toBuilder();
            proxy.clearAccessLog().addAccessLog(AccessLog.CONFIG);
            if (port > 0 && proxy.getCluster().equals(RelayedListeners.INBOUND_PASSTHROUGH)) {
                proxy.setCluster(passthrough(port));
            }
            return List.of(
                    filter.toBuilder().setTypedConfig(Any.pack(proxy.build())).build());
        }
        return List.of(filter);
    }

    /** The cluster of ports that no Service has, for one of them. */
    static String passthrough(int port) {
        return "%s-%d".formatted(RelayedListeners.INBOUND_PASSTHROUGH, port);
    }

    /** How many proxies in front of this one are trusted to tell the client's address. */
    int trustedProxies() {
        return trustedProxies;
    }

    private HttpConnectionManager manager(HttpConnectionManager manager, int port)
            throws InvalidProtocolBufferException {
        HttpConnectionManager.Builder relayed = manager.toBuilder()
                .clearAccessLog()
                .addAccessLog(AccessLog.CONFIG)
                .clearTracing()
                .clearHttpFilters();
        trustedProxies = Math.max(trustedProxies, manager.getXffNumTrustedHops());
        boolean overrides = false;
        for (HttpFilter filter : manager.getHttpFiltersList()) {
            if (filter.getName().equals(ALPN)) {
                overrides = true;
                relayed.addHttpFilters(Alpn.filter());
            }
            if (!removed.remove(filter.getName(), filter.getTypedConfig())) {
                relayed.addHttpFilters(filter.getName().equals(TOKENS) ? tokens(filter) : filter);
            }
        }
        if (manager.hasRds()) {
            String name = manager.getRds().getRouteConfigName();
            relayed.setRouteConfig(routes.getOrDefault(
                    name, RouteConfiguration.newBuilder().setName(name).build()));
        }
        relayed.setRouteConfig(routes(relayed.getRouteConfig(), port, overrides));
        return relayed.build();
    }

    private RouteConfiguration routes(RouteConfiguration configuration, int port, boolean overrides) {
        RouteConfiguration.Builder relayed = configuration.toBuilder().clearVirtualHosts();
        for (VirtualHost host : configuration.getVirtualHostsList()) {
            VirtualHost.Builder to = host.toBuilder().clearRoutes();
            for (Route route : host.getRoutesList()) {
                Route.Builder changed = overrides ? alpn.route(route) : route.toBuilder();
                if (port > 0 && route.getRoute().getCluster().equals(RelayedListeners.INBOUND_PASSTHROUGH)) {
                    changed.setRoute(changed.getRoute().toBuilder().setCluster(passthrough(port)));
                }
                to.addRoutes(changed);
            }
            relayed.addVirtualHosts(to);
        }
        return relayed.build();
    }

    /** Istiod could not fetch the keys of issuers, so those of the test stand in for all of them. */
    private HttpFilter tokens(HttpFilter filter) throws InvalidProtocolBufferException {
        JwtAuthentication authentication = filter.getTypedConfig().unpack(JwtAuthentication.class);
        JwtAuthentication.Builder relayed = authentication.toBuilder();
        for (Map.Entry<String, JwtProvider> provider :
                authentication.getProvidersMap().entrySet()) {
            relayed.putProviders(
                    provider.getKey(),
                    provider.getValue().toBuilder()
                            .setLocalJwks(DataSource.newBuilder().setInlineString(keySet))
                            .build());
        }
        return filter.toBuilder().setTypedConfig(Any.pack(relayed.build())).build();
    }
}
