package io.meshwright.rehearsal.tunnel;

import java.util.Map;
import java.util.Optional;

/** A request as it goes over the wire; {@code serverName} is empty where the client begins no TLS. */
record Call(
        Door door,
        Optional<String> serverName,
        boolean bytes,
        String method,
        String target,
        String host,
        Map<String, String> headers,
        String id) {}
