package io.meshwright.value.gateway;

/** Modes of TLS: with the server's certificate alone, or with one of the client too. */
public enum TlsMode {
    SIMPLE,
    MUTUAL
}
