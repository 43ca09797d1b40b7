package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Require;
import io.meshwright.value.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks again when a request fails on the way; only what may be asked twice. */
@Doc("Asks again when a request fails on the way: methods that only read, others only with idempotent.")
public record Retries(
        @Defaulted @Doc("Further tries after the first, 0 to 10; 0 switches retries off; default 2.")
        Integer attempts,

        @Nullable @Doc("Time for one try; default: the timeout divided by the number of tries.")
        Duration perTryTimeout,

        @Defaulted
        @Doc("Failures that are worth another try; default: no connection, a reset before the request, 502, 503 and"
                + " 504.")
        List<Condition> retryOn,

        @Defaulted @Doc("true: the service takes every request twice without harm, POST too; default false.")
        Boolean idempotent) {
    private static final int MOST = 10;
    private static final Retries NONE = new Retries(0, null, null, null);
    private static final Retries DEFAULTS = new Retries(null, null, null, null);

    public Retries {
        attempts = attempts == null ? 2 : Require.inRange("attempts", attempts, 0, MOST);
        retryOn = retryOn == null || retryOn.isEmpty()
                ? Condition.DEFAULTS
                : retryOn.stream().distinct().sorted().toList();
        idempotent = idempotent != null && idempotent;
        Require.that(
                perTryTimeout == null || !perTryTimeout.isZero(),
                "perTryTimeout",
                "\"0s\" leaves no time",
                "give a time above 0s, or remove it");
    }

    public static Retries none() {
        return NONE;
    }

    public static Retries defaults() {
        return DEFAULTS;
    }

    public boolean isNone() {
        return attempts == 0;
    }

    /**
     * Time for one try within the whole: what is stated, else an equal share; none where the whole has no limit either.
     */
    public Optional<Duration> perTry(Duration timeout) {
        if (perTryTimeout != null || timeout.isZero()) {
            return Optional.ofNullable(perTryTimeout);
        }
        return Optional.of(new Duration(Math.max(1, timeout.millis() / (attempts + 1))));
    }

    /**
     * Refuses, for whoever holds both, tries that the timeout would cut off; the first try counts like those after it.
     */
    public void within(Duration timeout) {
        if (isNone() || perTryTimeout == null || timeout.isZero()) {
            return;
        }
        Duration all = perTryTimeout.times(attempts + 1);
        Require.that(
                all.compareTo(timeout) <= 0,
                "retries.perTryTimeout",
                "\"%s\" for the first try and %d more takes %s, longer than the timeout %s"
                        .formatted(perTryTimeout, attempts, all, timeout),
                "shorten it, lower attempts or lengthen timeout");
    }

    /**
     * Splits a route whose requests meet these conditions: Istio retries per route and not per method, so methods that
     * may be asked twice get a route of their own, which comes first.
     */
    public List<Part> parts(RouteMatch match) {
        List<HttpMethod> methods = match.methods().isEmpty() ? Arrays.asList(HttpMethod.values()) : match.methods();
        List<HttpMethod> safe = methods.stream().filter(HttpMethod::isSafe).toList();
        if (isNone() || idempotent || safe.size() == methods.size()) {
            return List.of(new Part(match, true));
        } else if (safe.isEmpty()) {
            return List.of(new Part(match, false));
        }
        List<HttpMethod> others =
                match.methods().stream().filter(method -> !method.isSafe()).toList();
        return List.of(new Part(match.withMethods(safe), true), new Part(match.withMethods(others), false));
    }

    /**
     * Conditions of a route and what these retries are for it.
     *
     * @param again true if they hold; false if nothing is asked twice
     */
    public record Part(RouteMatch match, boolean again) {}

    /** A failure, as Envoy names it (envoyproxy.io, x-envoy-retry-on). */
    public enum Condition {
        @Word("connect-failure")
        CONNECT_FAILURE("connect-failure"),
        @Word("refused-stream")
        REFUSED_STREAM("refused-stream"),
        @Word("reset-before-request")
        RESET_BEFORE_REQUEST("reset-before-request"),
        @Word("unavailable")
        UNAVAILABLE("unavailable"),
        @Word("gateway-error")
        GATEWAY_ERROR("gateway-error"),
        @Word("reset")
        RESET("reset"),
        @Word("5xx")
        SERVER_ERROR("5xx"),
        @Word("cancelled")
        CANCELLED("cancelled"),
        @Word("retriable-4xx")
        RETRIABLE_4XX("retriable-4xx");

        private static final List<Condition> DEFAULTS =
                List.of(CONNECT_FAILURE, REFUSED_STREAM, RESET_BEFORE_REQUEST, UNAVAILABLE, GATEWAY_ERROR);

        private final String word;

        Condition(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
