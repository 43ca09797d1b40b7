package io.meshwright.value.workload;

import io.meshwright.value.Word;

/** The protocol of a port, in the words of {@code appProtocol} that Istio reads (istio.io, protocol selection). */
public enum Protocol {
    @Word("http")
    HTTP,
    @Word("http2")
    HTTP2,
    @Word("grpc")
    GRPC,
    @Word("tcp")
    TCP,
    @Word("tls")
    TLS,
    @Word("mysql")
    MYSQL,
    @Word("redis")
    REDIS,
    @Word("mongo")
    MONGO;

    /** The word for {@code appProtocol} and for a port's name. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** True if Envoy reads requests on it, so that routes, retries and HTTP rules apply. */
    public boolean isHttp() {
        return this == HTTP || this == HTTP2 || this == GRPC;
    }
}
