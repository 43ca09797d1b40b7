package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Require;
import org.jspecify.annotations.Nullable;

/** Takes a pod that keeps failing out of the load balancing for a while, and never so many that too few are left. */
@Doc("Takes a pod that keeps failing out of the load balancing for a while.")
public record CircuitBreaker(
        @Defaulted @Doc("Default true.") Boolean enabled,

        @Nullable @Doc("Errors in a row of any 5xx status, the application's own too.")
        Integer consecutive5xxErrors,

        @Nullable @Doc("Errors in a row of 502, 503 and 504; default 5 where neither count is given.")
        Integer consecutiveGatewayErrors,

        @Defaulted @Doc("How often pods are looked at; default 10s.")
        Duration interval,

        @Defaulted @Doc("First time out; every further one is that much longer; default 30s.")
        Duration baseEjectionTime,

        @Nullable
        @Doc("Share of the pods that may be out, 1 to 100; default: as much as one pod needs. 100 needs a reason.")
        Integer maxEjectionPercent,

        @Nullable
        @Doc("Share of healthy pods below which nothing is taken out any more; default 50, less where there are few"
                + " pods.")
        Integer minHealthPercent,

        @Nullable @Doc("Why all pods may be out at once.") String reason) {
    private static final int ALL = 100;
    private static final int HALF = 50;
    private static final CircuitBreaker OFF = new CircuitBreaker(false, null, null, null, null, null, null, null);
    private static final CircuitBreaker DEFAULTS = new CircuitBreaker(null, null, null, null, null, null, null, null);

    public CircuitBreaker {
        enabled = enabled == null || enabled;
        count("consecutive5xxErrors", consecutive5xxErrors);
        count("consecutiveGatewayErrors", consecutiveGatewayErrors);
        if (consecutive5xxErrors == null && consecutiveGatewayErrors == null) {
            consecutiveGatewayErrors = 5;
        }
        interval = time("interval", interval, 10);
        baseEjectionTime = time("baseEjectionTime", baseEjectionTime, 30);
        if (maxEjectionPercent != null) {
            Require.inRange("maxEjectionPercent", maxEjectionPercent, 1, ALL);
            Require.that(
                    maxEjectionPercent < ALL || reason != null && !reason.isBlank(),
                    "maxEjectionPercent",
                    "\"100\" lets every pod be out at once, and then every request fails",
                    "give less, or say why in reason");
        }
        if (minHealthPercent != null) {
            Require.inRange("minHealthPercent", minHealthPercent, 0, ALL);
        }
    }

    public static CircuitBreaker off() {
        return OFF;
    }

    public static CircuitBreaker defaults() {
        return DEFAULTS;
    }

    /**
     * The share in force for a service of that many pods: Envoy counts the pod that it is about to take out, so less
     * than one pod's share takes out nothing (envoy outlier_detection_impl.cc since 1.28).
     */
    public int maxEjectionPercent(int replicas) {
        int onePod = (ALL + replicas - 1) / replicas;
        if (maxEjectionPercent == null) {
            return onePod;
        }
        Require.that(
                maxEjectionPercent >= onePod,
                "maxEjectionPercent",
                "\"%d\" takes out none of %d pods, because one is %d %% of them"
                        .formatted(maxEjectionPercent, replicas, onePod),
                "give at least %d, or remove it".formatted(onePod));
        return maxEjectionPercent;
    }

    /** True if it does anything for a service of that many pods: the only pod stays, unless somebody gave a reason. */
    public boolean acts(int replicas) {
        return enabled && (replicas > 1 || maxEjectionPercent != null && maxEjectionPercent == ALL);
    }

    /** The share in force below which nothing is taken out; never so high that the first pod could not go. */
    public int minHealthPercent(int replicas) {
        return minHealthPercent == null ? Math.min(HALF, ALL - maxEjectionPercent(replicas)) : minHealthPercent;
    }

    private static void count(String key, @Nullable Integer value) {
        Require.that(
                value == null || value > 0,
                key,
                "\"%d\" is not above 0".formatted(value),
                "give 1 or more, or remove it");
    }

    private static Duration time(String key, @Nullable Duration value, int seconds) {
        Require.that(
                value == null || !value.isZero(), key, "\"0s\" leaves no time", "give a time above 0s, or remove it");
        return value == null ? Duration.ofSeconds(seconds) : value;
    }
}
