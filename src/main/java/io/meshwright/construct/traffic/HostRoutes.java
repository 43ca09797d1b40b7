package io.meshwright.construct.traffic;

import imports.io.istio.networking.VirtualService;
import imports.io.istio.networking.VirtualServiceSpec;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.GatewayAddress;
import io.meshwright.construct.network.ListenerAddress;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.KeyPath;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.traffic.Sticky;
import io.meshwright.value.traffic.Stream;
import io.meshwright.value.traffic.StreamingTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * Answers for one host: one VirtualService with all its routes in order, so that no order of creation decides; or
 * HTTPRoutes whose order is the same by what they ask for.
 */
public final class HostRoutes extends Construct {
    /** Word by which a VirtualService names every sidecar instead of a gateway. */
    public static final String MESH = "mesh";

    private final ApiObject resource;
    private final Props props;

    private HostRoutes(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.resource = props.listeners().isEmpty() ? virtualService() : new ApiRoutes(props).add(this);
    }

    private ApiObject virtualService() {
        return VirtualService.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().toString())
                        .namespace(props.namespace().toString())
                        .annotations(streams(props, props.table().rules()))
                        .build())
                .spec(VirtualServiceSpec.builder()
                        .hosts(List.of(props.table().host().toString()))
                        .gateways(props.gateways())
                        .http(HttpRoutes.of(props.table()))
                        .build())
                .build();
    }

    /** The routes, in order. */
    public RouteTable table() {
        return props.table();
    }

    /** The routes whose weights Argo Rollouts writes for one service. */
    public ManagedRoutes managed(Backend backend) {
        return new ManagedRoutes(props.name(), props.namespace(), props.table().managed(backend));
    }

    /** The VirtualService, or the first of its HTTPRoutes, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    // Nothing in the mesh sends these beats: whoever writes the application reads here how often it must (incident I3).
    static @Nullable Map<String, String> streams(Props props, List<RouteRule> rules) {
        String streams = rules.stream()
                .flatMap(rule -> Optional.ofNullable(rule.route().stream())
                        .map(stream -> beat(rule.name(), stream))
                        .or(() -> Props.tool(rule, props.tools())
                                .map(tool -> "%s: %s".formatted(rule.name(), tool.habit())))
                        .stream())
                .collect(Collectors.joining("; "));
        return streams.isEmpty() ? null : new TreeMap<>(Map.of(MeshwrightNames.STREAMS, streams));
    }

    private static String beat(String name, Stream stream) {
        return "%s: %s, heartbeat %s, idle timeout %s"
                .formatted(name, stream.protocol().word(), stream.heartbeat(), stream.idleTimeout());
    }

    /**
     * All that the routes of a host need.
     *
     * @param name of the VirtualService; default: the host's, with dashes for dots
     * @param namespace where it stands
     * @param gateways {@code namespace/name} of gateways, or {@value HostRoutes#MESH}
     * @param listeners of gateways of the Gateway API, whose routes are HTTPRoutes, in the place of gateways
     * @param table the routes
     * @param tools behind the host by the names of their services; their answers stay open, so that their routes have
     *     no timeout
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Required Name namespace,
            List<String> gateways,
            List<ListenerAddress> listeners,
            @Required RouteTable table,
            Map<Name, StreamingTool> tools) {
        Props {
            Require.that(
                    gateways.isEmpty() != listeners.isEmpty(),
                    "gateways",
                    gateways.isEmpty()
                            ? "is missing"
                            : "%s are of Istio's kinds, and others of the Gateway API".formatted(gateways),
                    gateways.isEmpty() ? "add it" : "make routes of their own for each");
            // A dot in the name would read as a namespace where Argo Rollouts refers to it.
            name = name == null ? Name.of(table.host().dashed()) : name;
            boolean sticky = table.rules().stream().anyMatch(rule -> rule.rank() == RouteRule.Rank.STICKY);
            if (sticky && gateways.contains(MESH)) {
                throw Sticky.refusalInMesh(
                        KeyPath.of("sticky"), "route through a gateway, or use type: abTest by a header");
            }
            for (RouteRule rule : table.rules()) {
                Require.that(
                        tool(rule, tools).isEmpty() || rule.timeout().isZero(),
                        "timeout",
                        "\"%s\" would cut off what %s keeps open".formatted(rule.timeout(), rule.owner()),
                        "set 0s on the routes of the tool");
            }
        }

        private static Optional<StreamingTool> tool(RouteRule rule, Map<Name, StreamingTool> tools) {
            return rule.route().isAnswered()
                    ? Optional.empty()
                    : Optional.ofNullable(tools.get(rule.owner().service()));
        }
    }

    /** Collects what the routes of a host are made of. */
    public static final class Builder extends HostRoutesSetters<Builder> {
        private final Construct scope;
        private final String id;
        private final List<GatewayAddress> entries = new ArrayList<>();
        private @Nullable RouteTable table;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Answers clients that come through a gateway. */
        public Builder gateway(GatewayAddress gateway) {
            entries.add(gateway);
            return this;
        }

        /** Answers clients that come through the gateway {@code namespace/name}. */
        public Builder gateway(String ref) {
            return gateways(List.of(ref));
        }

        @Override
        public Builder table(RouteTable table) {
            this.table = table;
            return super.table(table);
        }

        /** Answers callers in the mesh. */
        public Builder mesh() {
            return gateway(MESH);
        }

        private void bind(GatewayAddress entry, Host host) {
            List<ListenerAddress> bound = entry.listeners(host);
            if (bound.isEmpty()) {
                gateways(entry.refs(host));
            } else {
                listeners(bound);
            }
        }

        public HostRoutes build() {
            return ConstructMaker.make(scope, id, () -> {
                entries.forEach(
                        entry -> bind(entry, Require.present("table", table).host()));
                return new HostRoutes(scope, id, props());
            });
        }
    }
}
