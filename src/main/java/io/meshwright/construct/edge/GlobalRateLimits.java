package io.meshwright.construct.edge;

import static io.meshwright.construct.edge.GatewayPatches.message;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Host;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Required;
import io.meshwright.value.edge.HostRateLimit;
import io.meshwright.value.edge.RateLimitDescriptors;
import io.meshwright.value.edge.RateLimitService;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Lets a gateway answer 429 above a number of requests that all its pods count together: before each request that a
 * limit is for, a pod asks Envoy's rate limit service (envoyproxy.io, rate limit filter).
 */
public final class GlobalRateLimits extends Construct {
    private static final String TYPE = "type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit";

    private final ApiObject resource;

    private GlobalRateLimits(Construct scope, String id, Props props) {
        super(scope, id);
        GatewayPatches patches = new GatewayPatches().filter(filter(props.service()));
        props.hosts()
                .forEach(limited -> limited.ports()
                        .forEach(port -> patches.host(
                                limited.host(),
                                port,
                                message("rate_limits", limits(limited.host(), limited.limits())))));
        this.resource = patches.filter(this, props.name(), props.gateway());
    }

    /** The EnvoyFilter, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static Map<String, Object> filter(RateLimitService service) {
        String host = KubernetesNames.serviceHost(RateLimitService.NAME, service.namespace())
                .value();
        return message(
                "name",
                "envoy.filters.http.ratelimit",
                "typed_config",
                message(
                        "@type",
                        TYPE,
                        "domain",
                        RateLimitDescriptors.DOMAIN,
                        "timeout",
                        service.timeout().inSeconds(),
                        "failure_mode_deny",
                        !service.failOpen(),
                        "enable_x_ratelimit_headers",
                        "DRAFT_VERSION_03",
                        "rate_limit_service",
                        message(
                                "transport_api_version",
                                "V3",
                                "grpc_service",
                                message(
                                        "envoy_grpc",
                                        message(
                                                "cluster_name",
                                                "outbound|%s||%s".formatted(RateLimitService.GRPC, host),
                                                "authority",
                                                host)))));
    }

    private static List<Object> limits(Host host, List<HostRateLimit> limits) {
        List<Object> rendered = new ArrayList<>();
        for (int index = 0; index < limits.size(); index++) {
            if (limits.get(index).enabled()) {
                rendered.add(message("actions", actions(RateLimitDescriptors.name(host, index), limits.get(index))));
            }
        }
        return rendered;
    }

    private static List<Object> actions(String name, HostRateLimit limit) {
        List<Object> actions = new ArrayList<>();
        actions.add(message(
                "generic_key", message("descriptor_key", RateLimitDescriptors.LIMIT, "descriptor_value", name)));
        if (limit.hasPrefix()) {
            actions.add(message("header_value_match", path(limit.prefix())));
        }
        if (limit.header() != null) {
            actions.add(message(
                    "request_headers",
                    message("header_name", limit.header(), "descriptor_key", RateLimitDescriptors.HEADER)));
        } else if (limit.isPerClient()) {
            actions.add(message("remote_address", message()));
        }
        return actions;
    }

    // A plain prefix /api would count /apiary too. A dot is the only character of a prefix that an expression reads.
    private static Map<String, Object> path(String prefix) {
        return message(
                "descriptor_key",
                RateLimitDescriptors.PATH,
                "descriptor_value",
                prefix,
                "headers",
                List.of(message(
                        "name",
                        ":path",
                        "string_match",
                        message("safe_regex", message("regex", "%s([/?].*)?".formatted(prefix.replace(".", "\\.")))))));
    }

    /**
     * A host with limits.
     *
     * @param ports of the Gateway's servers that serve it
     */
    public record LimitedHost(Host host, List<Port> ports, List<HostRateLimit> limits) {}

    /**
     * All that limits need.
     *
     * @param name of the EnvoyFilter
     * @param gateway the gateway's pods
     * @param service that counts
     * @param hosts whose requests are counted
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party gateway,
            @Required RateLimitService service,
            @Required List<LimitedHost> hosts) {}

    /** Collects what limits are made of. */
    public static final class Builder extends GlobalRateLimitsSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public GlobalRateLimits build() {
            return ConstructMaker.make(scope, id, () -> new GlobalRateLimits(scope, id, props()));
        }
    }
}
