package io.meshwright.value.gateway;

import io.meshwright.value.Word;

/** The maker of the certificate's Secret. */
public enum CertificateOrigin {
    @Word("existing")
    EXISTING,
    @Word("externalSecret")
    EXTERNAL_SECRET,
    @Word("certManager")
    CERT_MANAGER
}
