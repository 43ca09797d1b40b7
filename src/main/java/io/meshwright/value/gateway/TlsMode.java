package io.meshwright.value.gateway;

/** Whether the client must show a certificate. */
public enum TlsMode {
    SIMPLE,
    MUTUAL
}
