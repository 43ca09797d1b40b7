package io.meshwright.incident.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields that an access log of Istio's default formats tells of a request, by the keys of its JSON form, and what
 * formats of others add, by the names of Envoy's operators.
 */
public enum Field {
    START_TIME,
    METHOD,
    PATH,
    PROTOCOL,
    RESPONSE_CODE,
    RESPONSE_FLAGS,
    RESPONSE_FLAGS_LONG,
    RESPONSE_CODE_DETAILS,
    CONNECTION_TERMINATION_DETAILS,
    UPSTREAM_TRANSPORT_FAILURE_REASON,
    BYTES_RECEIVED,
    BYTES_SENT,
    DURATION,
    UPSTREAM_SERVICE_TIME,
    X_FORWARDED_FOR,
    X_FORWARDED_PROTO,
    USER_AGENT,
    REQUEST_ID,
    AUTHORITY,
    UPSTREAM_HOST,
    UPSTREAM_CLUSTER,
    UPSTREAM_LOCAL_ADDRESS,
    DOWNSTREAM_LOCAL_ADDRESS,
    DOWNSTREAM_REMOTE_ADDRESS,
    DOWNSTREAM_TLS_VERSION,
    REQUESTED_SERVER_NAME,
    ROUTE_NAME;

    /** {@code response_code}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Field> of(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }
}
