package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Word;

/** The TLS with which client proxies speak to a service. */
@Doc("auto: mutual TLS wherever both ends can; or ISTIO_MUTUAL or DISABLE for every client.")
public enum ClientTls {
    @Word("auto")
    AUTO,
    ISTIO_MUTUAL,
    DISABLE
}
