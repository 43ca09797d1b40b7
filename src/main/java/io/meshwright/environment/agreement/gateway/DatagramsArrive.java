package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Version;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import java.util.ArrayList;
import java.util.List;

/** HTTP/3 is taken where its datagrams arrive: by a balancer of both, with nobody in front who speaks TCP alone. */
public final class DatagramsArrive implements Agreement {
    private static final KeyPath KEY = KeyPath.of("gateway.http3");
    // Services of type LoadBalancer with both protocols (kubernetes.io, MixedProtocolLBService).
    private static final Version MIXED = Version.of("1.26");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        if (!environment.gateway().http3()) {
            return List.of();
        }
        List<InvalidValue> refusals = new ArrayList<>();
        if (environment.cluster().edge().trustedProxies() > 0) {
            refusals.add(new InvalidValue(
                    KEY,
                    "is asked for by nobody, because %s calls the gateway by TCP alone"
                            .formatted(environment.cluster().edge().words()),
                    "remove it, and let the proxy in front speak HTTP/3 to browsers"));
        } else if (!environment.cluster().platform().mixesProtocols()) {
            refusals.add(new InvalidValue(
                    KEY,
                    "gets no datagrams, because nothing says that the balancer of this platform passes on UDP",
                    "remove it"));
        } else if (!environment.cluster().kubernetes().isAtLeast(MIXED)) {
            refusals.add(new InvalidValue(
                    KEY, "needs Kubernetes 1.26, from which on a load balancer takes TCP and UDP", "remove it"));
        }
        listeners(environment.gateway().listeners(), refusals);
        return refusals;
    }

    private static void listeners(List<Listener> listeners, List<InvalidValue> refusals) {
        if (listeners.stream().noneMatch(listener -> listener.protocol() == Scheme.HTTPS)) {
            refusals.add(
                    new InvalidValue(KEY, "is taken by HTTPS listeners, and there is none", "add one, or remove it"));
        }
        // Envoy's QUIC verified no certificates of clients for long (envoyproxy.io, HTTP/3 overview).
        if (listeners.stream().anyMatch(Listener::asksForClientCertificates)) {
            refusals.add(new InvalidValue(
                    KEY,
                    "is open to clients without the certificate that a listener of mode MUTUAL asks for",
                    "remove one of them"));
        }
    }
}
