package io.meshwright.value.gateway;

/** The protocol of a listener. */
public enum Scheme {
    /** Requests in plain text. */
    HTTP,
    /** Requests inside TLS, which ends at the gateway. */
    HTTPS,
    /** Bytes inside TLS, which is passed on by the name that clients show, or ends at the gateway. */
    TLS,
    /** Bytes in plain text. */
    TCP
}
