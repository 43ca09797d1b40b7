package io.meshwright.construct;

import imports.io.istio.networking.Gateway;
import imports.io.istio.networking.GatewaySpec;
import io.meshwright.builders.Buildable;
import io.meshwright.value.Host;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/**
 * Lets outside traffic into the mesh: an Istio Gateway whose listeners the gateway pods open, and further ones for
 * hosts whose clients alone must show certificates.
 */
public final class MeshGateway extends Construct {
    private final Gateway gateway;
    private final Props props;
    private final GatewayParts parts;

    private MeshGateway(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.parts = new GatewayParts(props.name(), props.listeners());
        this.gateway = gateway("Resource", metadata(props), parts.all().get(props.name()));
        parts.all().forEach((name, listeners) -> {
            if (!name.equals(props.name())) {
                gateway(name.toString(), metadata(name).build(), listeners);
            }
        });
    }

    private Gateway gateway(String id, ApiObjectMetadata metadata, List<Listener> listeners) {
        return Gateway.Builder.create(this, id)
                .metadata(metadata)
                .spec(GatewaySpec.builder()
                        .selector(props.pods().podLabels())
                        .servers(GatewayServers.of(listeners))
                        .build())
                .build();
    }

    /** {@code namespace/name}, which a VirtualService of any namespace writes under {@code gateways:} to bind here. */
    public String ref() {
        return "%s/%s".formatted(props.namespace(), props.name());
    }

    /**
     * The Gateways to which the routes of a host are bound: a host whose clients must show certificates, beside others
     * of its port whose clients need not, has a Gateway of its own.
     */
    public List<String> refs(Host host) {
        return parts.serving(host).stream()
                .map(name -> "%s/%s".formatted(props.namespace(), name))
                .toList();
    }

    /** The gateway's pods as a caller of services. */
    public Party pods() {
        return props.pods();
    }

    /** The Istio Gateway, for what this construct cannot say. */
    public ApiObject resource() {
        return gateway;
    }

    private ApiObjectMetadata.Builder metadata(Name name) {
        return ApiObjectMetadata.builder()
                .name(name.toString())
                .namespace(props.namespace().toString());
    }

    private ApiObjectMetadata metadata(Props props) {
        ApiObjectMetadata.Builder metadata = metadata(props.name());
        return props.secretsByHand().isEmpty()
                ? metadata.build()
                : metadata.annotations(Map.of(
                                MeshwrightNames.SECRETS_BY_HAND,
                                props.secretsByHand().stream()
                                        .map(secret ->
                                                "%s/%s".formatted(props.pods().namespace(), secret))
                                        .collect(Collectors.joining(", "))))
                        .build();
    }

    /**
     * All a gateway needs.
     *
     * @param name of the Gateway
     * @param namespace where it stands
     * @param pods the gateway pods that Istio's chart installs: their labels are the selector, their identity is what
     *     services admit
     * @param listeners ports that the pods open
     * @param secretsByHand Secrets in the pods' namespace that somebody makes before the first sync; the Gateway names
     *     them for the reader and for the checks
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Name namespace,
            @Required Party pods,
            @Required List<Listener> listeners,
            SortedSet<Name> secretsByHand) {
        Props {
            Require.that(
                    !pods.podLabels().isEmpty(),
                    "pods",
                    "select every gateway of the cluster",
                    "give labels, such as %s".formatted(Map.of("istio", "ingressgateway")));
        }
    }

    /** Collects what a gateway is made of. */
    public static final class Builder extends MeshGatewaySetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public MeshGateway build() {
            return new MeshGateway(scope, id, props());
        }
    }
}
