package io.meshwright.stack;

import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.istio.GatewayPod;
import io.meshwright.construct.delivery.istio.GatewayPort;
import io.meshwright.construct.delivery.istio.GatewayService;
import io.meshwright.construct.delivery.istio.GatewayValues;
import io.meshwright.environment.Edge;
import io.meshwright.environment.Environment;
import io.meshwright.platform.Exposure;
import io.meshwright.platform.Platform;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Cidr;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.security.AddressSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The gateway pods and the Service before them, as Istio's gateway chart installs them on this platform. */
final class GatewayInstallation {
    static final Name RELEASE = Name.of("istio-ingressgateway");

    private final Environment environment;

    GatewayInstallation(Environment environment) {
        this.environment = environment;
    }

    GatewayValues values(IstioRelease istio, Optional<Name> injectedBy) {
        return new GatewayValues(
                istio,
                injectedBy,
                GatewayPod.of(RELEASE, environment.gateway().serviceAccount()),
                service(),
                Replicas.fixed(environment.gateway().replicas()),
                environment.gateway().resources());
    }

    private GatewayService service() {
        Exposure exposure = environment
                .cluster()
                .platform()
                .expose(new Platform.Request(environment.gateway().address(), allowedSources()));
        Optional<String> policy =
                exposure.type().equals("ClusterIP") ? Optional.empty() : Optional.of(exposure.externalTrafficPolicy());
        return new GatewayService(
                exposure.type(), ports(exposure), new TreeMap<>(exposure.annotations()), policy, List.of());
    }

    private List<String> allowedSources() {
        Edge edge = environment.cluster().edge();
        return edge.closeOrigin()
                ? AddressSet.cloudflare().blocks().stream().map(Cidr::toString).toList()
                : List.of();
    }

    /** One port for each listener, and for the other scheme where the documents open both. */
    private List<GatewayPort> ports(Exposure exposure) {
        List<GatewayPort> ports = new ArrayList<>();
        for (Listener listener : environment.gateway().listeners()) {
            int number = listener.port().value();
            String name = listener.protocol() == Scheme.HTTPS ? "https" : "http2";
            GatewayPort open = new GatewayPort(
                    Name.of(usual(number) ? name : "%s-%d".formatted(name, number)),
                    listener.port(),
                    Port.of(GatewayPorts.target(number)),
                    node(exposure, number),
                    exposure.appProtocol()
                            ? Optional.of(listener.protocol() == Scheme.HTTPS ? "https" : "http")
                            : Optional.empty(),
                    false);
            ports.add(open);
            if (environment.gateway().http3() && listener.protocol() == Scheme.HTTPS) {
                ports.add(open.quic());
            }
        }
        return ports;
    }

    private static Optional<Port> node(Exposure exposure, int port) {
        return exposure.nodePort(port).isPresent()
                ? Optional.of(Port.of(exposure.nodePort(port).getAsInt()))
                : Optional.empty();
    }

    private static boolean usual(int port) {
        return port == 80 || port == 443;
    }
}
