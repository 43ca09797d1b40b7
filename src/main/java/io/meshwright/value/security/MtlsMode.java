package io.meshwright.value.security;

import io.meshwright.value.Doc;

/** The connections that a sidecar accepts, in PeerAuthentication's own words. */
@Doc("STRICT: mutual TLS only. PERMISSIVE: plaintext too. DISABLE: plaintext only.")
public enum MtlsMode {
    STRICT,
    PERMISSIVE,
    DISABLE;

    public boolean acceptsMutualTls() {
        return this != DISABLE;
    }

    public boolean acceptsPlaintext() {
        return this != STRICT;
    }
}
