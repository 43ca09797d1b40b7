package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Require;
import org.jspecify.annotations.Nullable;

/** The way in which a client proxy chooses among the pods of a service. */
@Doc("How a client proxy chooses among the pods.")
public record LoadBalancer(
        @Nullable @Doc("Default LEAST_REQUEST.") Simple simple,

        @Nullable @Doc("Keeps a client at one pod as long as the pods stay the same.")
        ConsistentHash consistentHash,

        @Nullable @Doc("Time in which a new pod gets its share little by little; default none.")
        Duration warmup) {
    private static final LoadBalancer DEFAULTS = new LoadBalancer(null, null, null);

    public LoadBalancer {
        Require.that(
                simple == null || consistentHash == null,
                "simple",
                "is given beside consistentHash",
                "keep one of them");
        simple = simple == null && consistentHash == null ? Simple.LEAST_REQUEST : simple;
        Require.that(
                warmup == null || simple == Simple.ROUND_ROBIN || simple == Simple.LEAST_REQUEST,
                "warmup",
                "works with ROUND_ROBIN and LEAST_REQUEST only",
                "use simple: LEAST_REQUEST, or remove it");
        Require.that(
                warmup == null || !warmup.isZero(),
                "warmup",
                "\"0s\" leaves no time",
                "give a time above 0s, or remove it");
    }

    public static LoadBalancer defaults() {
        return DEFAULTS;
    }

    /** Algorithms without memory, in Istio's words. */
    public enum Simple {
        ROUND_ROBIN,
        LEAST_REQUEST,
        RANDOM
    }

    /** The part of a request that decides on the pod. */
    @Doc("What of a request decides on the pod; one of the keys.")
    public record ConsistentHash(
            @Nullable @Doc("Name of a header.") String httpHeaderName,

            @Nullable @Doc("A cookie, which the proxy sets where it is missing.")
            Cookie httpCookie,

            @Defaulted @Doc("true: the client's address.") Boolean useSourceIp,
            @Nullable @Doc("Name of a query parameter.") String httpQueryParameterName) {
        public ConsistentHash {
            useSourceIp = useSourceIp != null && useSourceIp;
            int given = (httpHeaderName == null ? 0 : 1)
                    + (httpCookie == null ? 0 : 1)
                    + (useSourceIp ? 1 : 0)
                    + (httpQueryParameterName == null ? 0 : 1);
            Require.that(
                    given == 1,
                    "",
                    "does not say in one way what decides",
                    "give one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName");
        }
    }
}
