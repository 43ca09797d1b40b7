package io.meshwright.value.security;

import io.meshwright.value.Port;
import io.meshwright.value.Require;

/** A port of a host outside the mesh, and by what the proxy may recognize traffic to it. */
public record ExternalPort(Port number, Protocol protocol) {
    public ExternalPort {
        Require.present("number", number);
        Require.present("protocol", protocol);
    }

    static ExternalPort tls(int number) {
        return new ExternalPort(Port.of(number), Protocol.TLS);
    }

    static ExternalPort tcp(int number) {
        return new ExternalPort(Port.of(number), Protocol.TCP);
    }

    /** As a ServiceEntry names it: {@code tls-443}. */
    public String name() {
        return "%s-%s".formatted(protocol.name().toLowerCase(java.util.Locale.ROOT), number);
    }

    /** The protocol that a proxy sees first on the wire. */
    public enum Protocol {
        /** Requests, by their Host header. */
        HTTP,
        /** A TLS hello, by its server name. */
        TLS,
        /** Bytes, by address and port only. */
        TCP
    }
}
