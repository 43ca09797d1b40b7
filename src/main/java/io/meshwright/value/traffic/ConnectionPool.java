package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Require;
import org.jspecify.annotations.Nullable;

/** The connections and requests that one client proxy opens to a service; what is above waits or is answered 503. */
@Doc("How many connections and requests one client proxy opens to the service.")
public record ConnectionPool(@Nullable Tcp tcp, @Nullable Http http) {
    public ConnectionPool {
        Require.that(tcp != null || http != null, "", "limits nothing", "give tcp or http, or remove it");
    }

    /** Limits of connections. */
    @Doc("Limits of connections.")
    public record Tcp(
            @Nullable @Doc("Connections at most; default: no limit.")
            Integer maxConnections,

            @Nullable @Doc("Time for opening one; default 10s.")
            Duration connectTimeout) {
        public Tcp {
            positive("maxConnections", maxConnections);
            timed("connectTimeout", connectTimeout);
        }
    }

    /** Limits of requests. */
    @Doc("Limits of requests.")
    public record Http(
            @Nullable @Doc("Requests that wait for a connection; default: no limit.")
            Integer http1MaxPendingRequests,

            @Nullable @Doc("Requests at a time over HTTP/2; default: no limit.")
            Integer http2MaxRequests,

            @Nullable @Doc("Requests after which a connection is closed; default: no limit.")
            Integer maxRequestsPerConnection,

            @Nullable @Doc("Time without a request after which a connection is closed; default 1h.")
            Duration idleTimeout) {
        public Http {
            positive("http1MaxPendingRequests", http1MaxPendingRequests);
            positive("http2MaxRequests", http2MaxRequests);
            positive("maxRequestsPerConnection", maxRequestsPerConnection);
            timed("idleTimeout", idleTimeout);
        }
    }

    // Istio reads 0 as "not set", so it would lift the limit that it seems to be.
    private static void positive(String key, @Nullable Integer value) {
        Require.that(
                value == null || value > 0,
                key,
                "\"%d\" is not above 0".formatted(value),
                "give 1 or more, or remove it");
    }

    private static void timed(String key, @Nullable Duration value) {
        Require.that(
                value == null || !value.isZero(), key, "\"0s\" leaves no time", "give a time above 0s, or remove it");
    }
}
