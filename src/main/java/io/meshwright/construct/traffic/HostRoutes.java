package io.meshwright.construct.traffic;

import imports.io.istio.networking.VirtualService;
import imports.io.istio.networking.VirtualServiceSpec;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.GatewayAddress;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
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

/** Answers for one host: one VirtualService with all its routes in order, so that no order of creation decides. */
public final class HostRoutes extends Construct {
    /** Word by which a VirtualService names every sidecar instead of a gateway. */
    public static final String MESH = "mesh";

    private final VirtualService resource;
    private final Props props;

    private HostRoutes(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.resource = VirtualService.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().toString())
                        .namespace(props.namespace().toString())
                        .annotations(streams(props))
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

    /** The VirtualService, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    // Nothing in the mesh sends these beats: whoever writes the application reads here how often it must (incident I3).
    private static @Nullable Map<String, String> streams(Props props) {
        String streams = props.table().rules().stream()
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
     * @param table the routes
     * @param tools behind the host by the names of their services; their answers stay open, so that their routes have
     *     no timeout
     */
    @Buildable
    record Props(
            @Defaulted Name name,
            @Required Name namespace,
            @Required List<String> gateways,
            @Required RouteTable table,
            Map<Name, StreamingTool> tools) {
        Props {
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

        public HostRoutes build() {
            return ConstructMaker.make(scope, id, () -> {
                entries.forEach(entry ->
                        gateways(entry.refs(Require.present("table", table).host())));
                return new HostRoutes(scope, id, props());
            });
        }
    }
}
