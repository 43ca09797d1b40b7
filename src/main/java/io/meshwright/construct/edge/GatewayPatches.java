package io.meshwright.construct.edge;

import imports.io.istio.networking.EnvoyFilter;
import imports.io.istio.networking.EnvoyFilterSpec;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatches;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesApplyTo;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatch;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchContext;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListener;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListenerFilterChain;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchRouteConfiguration;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhostRoute;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesPatch;
import imports.io.istio.networking.EnvoyFilterSpecConfigPatchesPatchOperation;
import imports.io.istio.networking.EnvoyFilterSpecWorkloadSelector;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** Collects the patches of one EnvoyFilter for a gateway's pods. */
final class GatewayPatches {
    // A relative insertion without a priority depends on the order of creation (istioctl analyze, IST0151).
    private static final int PRIORITY = 10;
    private static final String MANAGER = "envoy.filters.network.http_connection_manager";
    private static final String MANAGER_TYPE =
            "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

    private final List<EnvoyFilterSpecConfigPatches> patches = new ArrayList<>();

    /** An ordered map, as Envoy's messages are written. */
    static Map<String, Object> message(Object... keysAndValues) {
        Map<String, Object> message = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            message.put((String) keysAndValues[index], keysAndValues[index + 1]);
        }
        return message;
    }

    /** Changes what takes HTTP on each port. */
    GatewayPatches manager(Map<String, Object> settings) {
        Map<String, Object> config = message("@type", MANAGER_TYPE);
        config.putAll(settings);
        return add(
                EnvoyFilterSpecConfigPatchesApplyTo.NETWORK_UNDERSCORE_FILTER,
                listener(null),
                EnvoyFilterSpecConfigPatchesPatchOperation.MERGE,
                message("name", MANAGER, "typed_config", config));
    }

    /** Adds a filter, after those of authorization and before requests are sent on. */
    GatewayPatches filter(Map<String, Object> filter) {
        return add(
                EnvoyFilterSpecConfigPatchesApplyTo.HTTP_UNDERSCORE_FILTER,
                listener("envoy.filters.http.router"),
                EnvoyFilterSpecConfigPatchesPatchOperation.INSERT_UNDERSCORE_BEFORE,
                filter);
    }

    /** Changes one route of a host, by the name that its VirtualService gives it. */
    GatewayPatches route(Host host, Port port, String route, Map<String, Object> value) {
        return add(
                EnvoyFilterSpecConfigPatchesApplyTo.HTTP_UNDERSCORE_ROUTE,
                routes(vhost(host, port)
                        .route(EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhostRoute.builder()
                                .name(route)
                                .build())
                        .build()),
                EnvoyFilterSpecConfigPatchesPatchOperation.MERGE,
                value);
    }

    /** Changes all of a host. */
    GatewayPatches host(Host host, Port port, Map<String, Object> value) {
        return add(
                EnvoyFilterSpecConfigPatchesApplyTo.VIRTUAL_UNDERSCORE_HOST,
                routes(vhost(host, port).build()),
                EnvoyFilterSpecConfigPatchesPatchOperation.MERGE,
                value);
    }

    ApiObject filter(Construct scope, Name name, Party gateway) {
        return EnvoyFilter.Builder.create(scope, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(name.toString())
                        .namespace(gateway.namespace().toString())
                        .build())
                .spec(EnvoyFilterSpec.builder()
                        .priority(PRIORITY)
                        .workloadSelector(EnvoyFilterSpecWorkloadSelector.builder()
                                .labels(gateway.podLabels())
                                .build())
                        .configPatches(patches)
                        .build())
                .build();
    }

    private GatewayPatches add(
            EnvoyFilterSpecConfigPatchesApplyTo target,
            EnvoyFilterSpecConfigPatchesMatch match,
            EnvoyFilterSpecConfigPatchesPatchOperation operation,
            Map<String, Object> value) {
        patches.add(EnvoyFilterSpecConfigPatches.builder()
                .applyTo(target)
                .match(match)
                .patch(EnvoyFilterSpecConfigPatchesPatch.builder()
                        .operation(operation)
                        .value(value)
                        .build())
                .build());
        return this;
    }

    private static EnvoyFilterSpecConfigPatchesMatch listener(@Nullable String before) {
        return EnvoyFilterSpecConfigPatchesMatch.builder()
                .context(EnvoyFilterSpecConfigPatchesMatchContext.GATEWAY)
                .listener(EnvoyFilterSpecConfigPatchesMatchListener.builder()
                        .filterChain(EnvoyFilterSpecConfigPatchesMatchListenerFilterChain.builder()
                                .filter(EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter.builder()
                                        .name(MANAGER)
                                        .subFilter(
                                                before == null
                                                        ? null
                                                        : EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter
                                                                .builder()
                                                                .name(before)
                                                                .build())
                                        .build())
                                .build())
                        .build())
                .build();
    }

    // istiod calls a virtual host by its first domain and the port of the Gateway's server (core/gateway.go).
    private static EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost.Builder vhost(Host host, Port port) {
        return EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost.builder()
                .name("%s:%s".formatted(host, port));
    }

    private static EnvoyFilterSpecConfigPatchesMatch routes(
            EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost vhost) {
        return EnvoyFilterSpecConfigPatchesMatch.builder()
                .context(EnvoyFilterSpecConfigPatchesMatchContext.GATEWAY)
                .routeConfiguration(EnvoyFilterSpecConfigPatchesMatchRouteConfiguration.builder()
                        .vhost(vhost)
                        .build())
                .build();
    }
}
