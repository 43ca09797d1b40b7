package io.meshwright.value.gateway;

/** Lowest TLS version that a client may speak. */
public enum MinimumVersion {
    TLSV1_2,
    TLSV1_3
}
