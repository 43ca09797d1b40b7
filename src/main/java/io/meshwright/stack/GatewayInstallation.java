package io.meshwright.stack;

import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.istio.GatewayPod;
import io.meshwright.construct.delivery.istio.GatewayPort;
import io.meshwright.construct.delivery.istio.GatewayService;
import io.meshwright.construct.delivery.istio.GatewayValues;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.platform.Exposure;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The gateway pods and the Service before them, as Istio's gateway chart installs them on this platform. */
final class GatewayInstallation {
    private final Environment environment;
    private final GatewayEntry entry;

    GatewayInstallation(Environment environment, GatewayEntry entry) {
        this.environment = environment;
        this.entry = entry;
    }

    GatewayValues values(IstioRelease istio, Optional<Name> injectedBy) {
        Gateway gateway = entry.gateway();
        return new GatewayValues(
                istio, injectedBy, pod(), service(istio), Replicas.fixed(gateway.replicas()), gateway.resources());
    }

    private GatewayPod pod() {
        GatewayPod pod = GatewayPod.of(entry.release(), entry.gateway().serviceAccount());
        int proxies = entry.edge().trustedProxies();
        return proxies == environment.cluster().edge().trustedProxies() ? pod : pod.trusting(proxies);
    }

    private GatewayService service(IstioRelease istio) {
        Exposure exposure = entry.exposure();
        Optional<String> policy =
                exposure.type().equals("ClusterIP") ? Optional.empty() : Optional.of(exposure.externalTrafficPolicy());
        TreeMap<String, String> annotations = new TreeMap<>(exposure.annotations());
        Optional<String> controller =
                Optional.ofNullable(entry.gateway().service().loadBalancerClass());
        Optional<Exposure.Controller> usual = controller.isPresent() ? Optional.empty() : exposure.controller();
        if (GatewayValues.nameClass(istio)) {
            controller = controller.or(() -> usual.map(Exposure.Controller::loadBalancerClass));
        } else {
            usual.ifPresent(other -> annotations.putAll(other.withoutClass()));
        }
        annotations.putAll(entry.gateway().service().annotations());
        return new GatewayService(
                exposure.type(),
                ports(exposure),
                annotations,
                policy,
                entry.sourceRanges(),
                controller,
                exposure.loadBalancerIP());
    }

    /** One for each port that listeners have, however many share it. */
    private List<GatewayPort> ports(Exposure exposure) {
        List<GatewayPort> ports = new ArrayList<>();
        for (Listener listener : named()) {
            int number = listener.port().value();
            String name = name(listener.protocol());
            GatewayPort port = new GatewayPort(
                    Name.of(usual(number) && listener.isHttp() ? name : "%s-%d".formatted(name, number)),
                    listener.port(),
                    Port.of(GatewayPorts.target(number)),
                    node(exposure, number),
                    exposure.appProtocol() && listener.isHttp()
                            ? Optional.of(listener.protocol() == Scheme.HTTPS ? "https" : "http")
                            : Optional.empty(),
                    false);
            ports.add(port);
            if (entry.gateway().http3() && listener.protocol() == Scheme.HTTPS) {
                ports.add(port.quic());
            }
        }
        return ports;
    }

    private static Optional<Port> node(Exposure exposure, int port) {
        return exposure.nodePort(port).isPresent()
                ? Optional.of(Port.of(exposure.nodePort(port).getAsInt()))
                : Optional.empty();
    }

    /** Of each port the listener that its name tells of: one that reads requests, where there is such. */
    private Collection<Listener> named() {
        Map<Port, Listener> named = new LinkedHashMap<>();
        entry.gateway()
                .listeners()
                .forEach(listener -> named.merge(
                        listener.port(), listener, (first, next) -> first.isHttp() || !next.isHttp() ? first : next));
        return named.values();
    }

    private static String name(Scheme protocol) {
        return switch (protocol) {
            case HTTP -> "http2";
            case HTTPS -> "https";
            case TLS -> "tls";
            case TCP -> "tcp";
        };
    }

    private static boolean usual(int port) {
        return port == 80 || port == 443;
    }
}
