package io.meshwright.value.gateway;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections of which no gateway reads requests, and which a service takes: by the name in TLS, or a port's all. */
@Doc("Which connections, of which no gateway reads requests, the service takes.")
@Sample("{host: db.example.org}")
public record ConnectionRoute(
        @Nullable @Doc("Name that clients show in TLS, of a listener of protocol TLS.")
        Host host,

        @Nullable @Doc("Port of a listener of protocol TCP, all of whose connections come here.") @Sample("5432")
        Port listener,

        @Nullable @Doc("Port of the Service; default: its first.")
        Port port,

        @Defaulted @Doc("Gateways that bring them: gateway, or names of gateways; default gateway.")
        List<Name> gateways) {
    private static final Host ANY = Host.of("*");
    private static final List<Name> FIRST = List.of(Name.of("gateway"));

    public ConnectionRoute {
        Require.that(
                host != null || listener != null,
                "host",
                "is missing, and so is listener",
                "name the host that clients show in TLS, or the port of a listener of protocol TCP");
        Require.that(
                host == null || listener == null,
                "listener",
                "\"%s\" is beside the host %s, and a connection of plain TCP shows none".formatted(listener, host),
                "keep one of them");
        gateways = gateways == null || gateways.isEmpty()
                ? FIRST
                : gateways.stream().distinct().toList();
    }

    /** True if a listener brings these connections. */
    public boolean isOf(Listener candidate) {
        return host != null
                ? candidate.protocol() == Scheme.TLS && candidate.serves(host)
                : candidate.protocol() == Scheme.TCP && candidate.port().equals(listener);
    }

    /** True if this gateway brings them. */
    public boolean isAt(Name gateway) {
        return gateways.contains(gateway);
    }

    /** The host by which they come; {@code *} where they show none. */
    public Host served() {
        return host == null ? ANY : host;
    }

    /** The host or the port that tells them from other connections. */
    public String words() {
        return host != null ? host.toString() : "port %s".formatted(listener);
    }

    /** The words as part of a name. */
    public String dashed() {
        return host != null ? host.dashed() : "tcp-%s".formatted(listener);
    }
}
