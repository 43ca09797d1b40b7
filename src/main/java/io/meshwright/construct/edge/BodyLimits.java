package io.meshwright.construct.edge;

import static io.meshwright.construct.edge.GatewayPatches.message;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Required;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Lets a gateway answer 413 to requests with a longer body: it keeps each request until its end, and passes on none
 * that is longer. Only the routes that are named wait so, because a stream has no end (envoyproxy.io, buffer filter).
 */
public final class BodyLimits extends Construct {
    private static final String FILTER = "envoy.filters.http.buffer";
    private static final String TYPE = "type.googleapis.com/envoy.extensions.filters.http.buffer.v3.";

    private final ApiObject resource;

    private BodyLimits(Construct scope, String id, Props props) {
        super(scope, id);
        GatewayPatches patches = new GatewayPatches()
                .filter(message(
                        "name",
                        FILTER,
                        "disabled",
                        true,
                        "typed_config",
                        message("@type", TYPE + "Buffer", "max_request_bytes", 1)));
        props.routes()
                .forEach(route -> route.ports()
                        .forEach(port -> patches.route(route.host(), port, route.name(), limit(route.limit()))));
        this.resource = patches.filter(this, props.name(), props.gateway());
    }

    /** The EnvoyFilter, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static Map<String, Object> limit(BodyLimit limit) {
        return message(
                "typed_per_filter_config",
                message(
                        FILTER,
                        message(
                                "@type",
                                TYPE + "BufferPerRoute",
                                "buffer",
                                message("max_request_bytes", limit.bytes()))));
    }

    /**
     * A route with a limit.
     *
     * @param host of the VirtualService
     * @param ports of the Gateway's servers that serve the host
     * @param name of the route in the VirtualService
     */
    public record LimitedRoute(Host host, List<Port> ports, String name, BodyLimit limit) {}

    /**
     * All that limits need.
     *
     * @param name of the EnvoyFilter
     * @param gateway the gateway's pods
     * @param routes that wait for the end of each request
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party gateway,
            @Required List<LimitedRoute> routes) {}

    /** Collects what limits are made of. */
    public static final class Builder extends BodyLimitsSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public BodyLimits build() {
            return ConstructMaker.make(scope, id, () -> new BodyLimits(scope, id, props()));
        }
    }
}
