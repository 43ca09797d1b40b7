package io.meshwright.construct.security;

import imports.io.external_secrets.ExternalSecretSpecDataRemoteRef;

/** A key of a store as environment files write it: {@code key}, or {@code key#property} of a value that has several. */
public final class RemoteKey {
    private RemoteKey() {}

    public static ExternalSecretSpecDataRemoteRef of(String written) {
        int hash = written.indexOf('#');
        ExternalSecretSpecDataRemoteRef.Builder reference =
                ExternalSecretSpecDataRemoteRef.builder().key(hash < 0 ? written : written.substring(0, hash));
        return (hash < 0 ? reference : reference.property(written.substring(hash + 1))).build();
    }
}
