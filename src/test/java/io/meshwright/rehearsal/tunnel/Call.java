package io.meshwright.rehearsal.tunnel;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it goes over the wire; {@code serverName} is empty where the client begins no TLS, {@code certified}
 * whether it shows a certificate where it is asked for one.
 */
record Call(
        Door door,
        Optional<String> serverName,
        boolean certified,
        boolean bytes,
        String method,
        String target,
        String host,
        Map<String, String> headers,
        String id) {
    /** The same under another id. */
    Call again(String other) {
        return new Call(door, serverName, certified, bytes, method, target, host, headers, other);
    }
}
