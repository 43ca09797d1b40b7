package io.meshwright.construct;

import imports.io.istio.networking.Gateway;
import imports.io.istio.networking.GatewaySpec;
import imports.io.istio.networking.GatewaySpecServers;
import imports.io.istio.networking.GatewaySpecServersPort;
import imports.io.istio.networking.GatewaySpecServersTls;
import imports.io.istio.networking.GatewaySpecServersTlsMinProtocolVersion;
import imports.io.istio.networking.GatewaySpecServersTlsMode;
import io.meshwright.builders.Buildable;
import io.meshwright.value.Host;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.MinimumVersion;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.gateway.TlsMode;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** Lets outside traffic into the mesh: one Istio Gateway whose listeners the gateway pods open. */
public final class MeshGateway extends Construct {
    private final Gateway gateway;
    private final Props props;

    private MeshGateway(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.gateway = Gateway.Builder.create(this, "Resource")
                .metadata(metadata(props))
                .spec(GatewaySpec.builder()
                        .selector(props.pods().podLabels())
                        .servers(servers(props.listeners()))
                        .build())
                .build();
    }

    /** {@code namespace/name}, which a VirtualService of any namespace writes under {@code gateways:} to bind here. */
    public String ref() {
        return "%s/%s".formatted(props.namespace(), props.name());
    }

    /** The gateway's pods as a caller of services. */
    public Party pods() {
        return props.pods();
    }

    /** The Istio Gateway, for what this construct cannot say. */
    public ApiObject resource() {
        return gateway;
    }

    private static ApiObjectMetadata metadata(Props props) {
        ApiObjectMetadata.Builder metadata = ApiObjectMetadata.builder()
                .name(props.name().toString())
                .namespace(props.namespace().toString());
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

    private static List<GatewaySpecServers> servers(List<Listener> listeners) {
        List<GatewaySpecServers> servers = new ArrayList<>();
        for (Listener listener : listeners) {
            servers.add(GatewaySpecServers.builder()
                    .port(GatewaySpecServersPort.builder()
                            .name(portName(listener))
                            .number(listener.port().value())
                            .protocol(listener.protocol().name())
                            .build())
                    .hosts(listener.hosts().stream().map(Host::toString).toList())
                    .tls(tls(listener))
                    .build());
        }
        return servers;
    }

    /** Names are unique in a Gateway: a second listener of one scheme carries its port. */
    private static String portName(Listener listener) {
        boolean usual = listener.port().value() == (listener.protocol() == Scheme.HTTPS ? 443 : 80);
        String scheme = listener.protocol().name().toLowerCase(java.util.Locale.ROOT);
        return usual ? scheme : "%s-%s".formatted(scheme, listener.port());
    }

    private static @Nullable GatewaySpecServersTls tls(Listener listener) {
        Tls tls = listener.tls();
        if (tls == null) {
            return listener.redirectToHttps()
                    ? GatewaySpecServersTls.builder().httpsRedirect(true).build()
                    : null;
        }
        return GatewaySpecServersTls.builder()
                .mode(
                        tls.mode() == TlsMode.MUTUAL
                                ? GatewaySpecServersTlsMode.MUTUAL
                                : GatewaySpecServersTlsMode.SIMPLE)
                .credentialName(tls.credentialName().toString())
                .minProtocolVersion(
                        tls.minProtocolVersion() == MinimumVersion.TLSV1_3
                                ? GatewaySpecServersTlsMinProtocolVersion.TLSV1_UNDERSCORE_3
                                : GatewaySpecServersTlsMinProtocolVersion.TLSV1_UNDERSCORE_2)
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
