package io.meshwright.construct;

import imports.io.istio.networking.GatewaySpecServers;
import imports.io.istio.networking.GatewaySpecServersPort;
import imports.io.istio.networking.GatewaySpecServersTls;
import imports.io.istio.networking.GatewaySpecServersTlsMinProtocolVersion;
import imports.io.istio.networking.GatewaySpecServersTlsMode;
import io.meshwright.value.Host;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.MinimumVersion;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.gateway.TlsMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes listeners as the servers of one Istio Gateway. */
final class GatewayServers {
    private GatewayServers() {}

    static List<GatewaySpecServers> of(List<Listener> listeners) {
        List<GatewaySpecServers> servers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Listener listener : listeners) {
            servers.add(GatewaySpecServers.builder()
                    .port(GatewaySpecServersPort.builder()
                            .name(portName(listener, names))
                            .number(listener.port().value())
                            .protocol(listener.protocol().name())
                            .build())
                    .hosts(listener.hosts().stream().map(Host::toString).toList())
                    .tls(tls(listener))
                    .build());
        }
        return servers;
    }

    /**
     * Names are unique in a Gateway: a second listener of one scheme carries its port, and one on the same port its
     * first host.
     */
    private static String portName(Listener listener, Set<String> taken) {
        boolean usual = listener.port().value() == usual(listener.protocol());
        String scheme = listener.protocol().name().toLowerCase(Locale.ROOT);
        String name = usual ? scheme : "%s-%s".formatted(scheme, listener.port());
        return taken.add(name)
                ? name
                : "%s-%s".formatted(name, listener.hosts().get(0).dashed());
    }

    private static int usual(Scheme protocol) {
        return switch (protocol) {
            case HTTP -> 80;
            case HTTPS, TLS -> 443;
            case TCP -> 0;
        };
    }

    private static @Nullable GatewaySpecServersTls tls(Listener listener) {
        if (listener.isPassedOn()) {
            return GatewaySpecServersTls.builder()
                    .mode(GatewaySpecServersTlsMode.PASSTHROUGH)
                    .build();
        }
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
}
