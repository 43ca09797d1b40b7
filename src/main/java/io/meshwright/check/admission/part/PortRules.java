package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import io.meshwright.mesh.terms.Protocol;
import java.util.Optional;

/** Numbers, names and protocols of ports. */
public final class PortRules {
    private static final int HIGHEST = 65_535;
    private static final String FORWARD_PROXY = "http_proxy";

    private PortRules() {}

    public static void number(Field field) {
        if (field.number() < 1 || field.number() > HIGHEST) {
            field.refuse("%d is no port".formatted(field.number()), "Write a port from 1 to %d.".formatted(HIGHEST));
        }
    }

    /** The same where zero stands for any port. */
    public static void numberIfSet(Field field) {
        if (field.number() != 0) {
            number(field);
        }
    }

    public static void name(Field field, String name) {
        if (!DnsName.isLabel(name)) {
            field.refuse(
                    "\"%s\" is no name of a port".formatted(name),
                    "Write letters, digits and dashes, at most 63, such as http-web.");
        }
    }

    /** Refuses a protocol that Istio does not know; none at all is guessed. */
    public static void protocol(Field field) {
        if (!field.isEmpty()) {
            protocolOrNone(field);
        }
    }

    public static void protocolOrNone(Field field) {
        if (!isKnown(field.text())) {
            field.refuse(
                    "\"%s\" is no protocol that Istio knows".formatted(field.text()),
                    "Write HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TLS, TCP, MONGO, MYSQL, REDIS or UDP.");
        }
    }

    public static boolean isHttp(Field protocol) {
        return protocol.text().equalsIgnoreCase(FORWARD_PROXY)
                || of(protocol).map(Protocol::isHttp).orElse(false);
    }

    public static boolean isTls(Field protocol) {
        return of(protocol).map(Protocol::isTls).orElse(false);
    }

    /** True if the bytes are passed on, which for Istio includes those that are encrypted. */
    public static boolean isTcp(Field protocol) {
        return of(protocol).map(known -> known.isTcp() || known.isTls()).orElse(false);
    }

    private static boolean isKnown(String word) {
        return word.equalsIgnoreCase(FORWARD_PROXY)
                || word.indexOf('/') < 0 && Protocol.of(word).isPresent();
    }

    private static Optional<Protocol> of(Field protocol) {
        return isKnown(protocol.text()) ? Protocol.of(protocol.text()) : Optional.empty();
    }
}
