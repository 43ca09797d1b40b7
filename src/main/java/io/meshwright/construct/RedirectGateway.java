package io.meshwright.construct;

import imports.io.istio.networking.Gateway;
import imports.io.istio.networking.GatewaySpec;
import imports.io.istio.networking.VirtualService;
import imports.io.istio.networking.VirtualServiceSpec;
import imports.io.istio.networking.VirtualServiceSpecHttp;
import imports.io.istio.networking.VirtualServiceSpecHttpRedirect;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.stream.Stream;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/**
 * Sends plain HTTP to HTTPS by a route, so that what others route there by a longer path, such as the answers of ACME's
 * HTTP-01, comes first: {@code httpsRedirect} of a server redirects whole names. It is a Gateway of its own, since
 * routes of services are bound to Gateways and would be answered in plain text otherwise.
 */
public final class RedirectGateway extends Construct {
    private static final int MOVED = 301;

    private final Gateway gateway;

    private RedirectGateway(Construct scope, String id, Props props) {
        super(scope, id);
        this.gateway = Gateway.Builder.create(this, "Resource")
                .metadata(metadata(props.name().toString(), props))
                .spec(GatewaySpec.builder()
                        .selector(props.pods().podLabels())
                        .servers(GatewayServers.of(props.listeners().stream()
                                .map(RedirectGateway::plain)
                                .toList()))
                        .build())
                .build();
        hosts(props).forEach(host -> redirect(props, host));
    }

    /** One for each host, since hosts of one VirtualService may not overlap (istio, pkg/config/validation). */
    private void redirect(Props props, Host host) {
        VirtualService.Builder.create(this, host.dashed())
                .metadata(metadata("%s-%s".formatted(props.name(), host.dashed()), props))
                .spec(VirtualServiceSpec.builder()
                        .gateways(List.of("%s/%s".formatted(props.namespace(), props.name())))
                        .hosts(List.of(host.toString()))
                        .http(List.of(VirtualServiceSpecHttp.builder()
                                .name("https")
                                .redirect(VirtualServiceSpecHttpRedirect.builder()
                                        .scheme("https")
                                        .redirectCode(MOVED)
                                        .build())
                                .build()))
                        .build())
                .build();
    }

    /** The Istio Gateway, for what this construct cannot say. */
    public ApiObject resource() {
        return gateway;
    }

    private static Listener plain(Listener listener) {
        return new Listener(listener.port(), listener.protocol(), listener.hosts(), null, false);
    }

    /**
     * Every host by its own name: while somebody else has a route for one, requests for it are matched among the routes
     * of that name alone, and never those of a wildcard.
     */
    private static List<Host> hosts(Props props) {
        return Stream.concat(
                        props.hosts().stream(),
                        props.listeners().stream().flatMap(listener -> listener.hosts().stream()))
                .distinct()
                .toList();
    }

    private static ApiObjectMetadata metadata(String name, Props props) {
        return ApiObjectMetadata.builder()
                .name(name)
                .namespace(props.namespace().toString())
                .build();
    }

    /**
     * All that it needs.
     *
     * @param name of the Gateway, with which its VirtualServices begin
     * @param namespace where they stand
     * @param pods the gateway pods
     * @param listeners of HTTP, whose redirectToHttps is taken as said
     * @param hosts below the wildcards of the listeners, for which others have routes on the same port
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Name namespace,
            @Required Party pods,
            @Required List<Listener> listeners,
            List<Host> hosts) {
        Props {
            Require.notEmpty("listeners", listeners);
        }
    }

    /** Collects the parts of a {@link RedirectGateway}. */
    public static final class Builder extends RedirectGatewaySetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public RedirectGateway build() {
            return ConstructMaker.make(scope, id, () -> new RedirectGateway(scope, id, props()));
        }
    }
}
