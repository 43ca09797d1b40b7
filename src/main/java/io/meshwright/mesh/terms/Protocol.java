package io.meshwright.mesh.terms;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The protocol as which Istio treats the bytes of a port (pkg/config/protocol, pkg/config/kube/conversion.go). */
public enum Protocol {
    HTTP,
    HTTP2,
    GRPC,
    GRPC_WEB,
    HTTPS,
    TLS,
    TCP,
    MONGO,
    MYSQL,
    REDIS,
    UDP,
    /** Nothing says, so the proxy looks at the first bytes that the client sends. */
    SNIFFED;

    private static final Set<Integer> WELL_KNOWN_TCP = Set.of(25, 53, 3306, 27017);
    private static final Map<String, Protocol> WORDS = words();

    private static Map<String, Protocol> words() {
        Map<String, Protocol> words = new TreeMap<>();
        for (Protocol protocol : values()) {
            if (protocol != SNIFFED) {
                words.put(protocol.name().toLowerCase(Locale.ROOT).replace('_', '-'), protocol);
            }
        }
        words.put("kubernetes.io/h2c", HTTP2);
        words.put("kubernetes.io/ws", HTTP);
        words.put("kubernetes.io/wss", HTTPS);
        return words;
    }

    /** Reads a word such as {@code http2} or {@code GRPC}; empty if Istio does not know it. */
    public static Optional<Protocol> of(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Reads the protocol before the first dash of a port's name, such as {@code http-metrics}. */
    public static Optional<Protocol> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("grpc-web")) {
            return Optional.of(GRPC_WEB);
        }
        int dash = lower.indexOf('-');
        return of(dash < 0 ? lower : lower.substring(0, dash));
    }

    /** The protocol of a Service's port; an appProtocol that Istio does not know hides even a good name. */
    public static Protocol ofServicePort(int number, String name, Optional<String> appProtocol, String transport) {
        if (transport.equals("UDP")) {
            return UDP;
        }
        if (appProtocol.isPresent()) {
            return of(appProtocol.get()).orElse(SNIFFED);
        }
        return ofName(name).orElse(WELL_KNOWN_TCP.contains(number) ? TCP : SNIFFED);
    }

    /** Read as HTTP, so that routes, paths and headers count. */
    public boolean isHttp() {
        return this == HTTP || this == HTTP2 || this == GRPC || this == GRPC_WEB;
    }

    /** Encrypted by the application, so that only the SNI can be read. */
    public boolean isTls() {
        return this == HTTPS || this == TLS;
    }

    /** Passed on as bytes. */
    public boolean isTcp() {
        return this == TCP || this == MONGO || this == MYSQL || this == REDIS;
    }

    /** May turn out to be HTTP. */
    public boolean mayBeHttp() {
        return isHttp() || this == SNIFFED;
    }
}
