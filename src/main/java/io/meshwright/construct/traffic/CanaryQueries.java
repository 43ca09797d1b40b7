package io.meshwright.construct.traffic;

import io.meshwright.value.Duration;
import io.meshwright.value.Name;

/**
 * Queries of the mesh's metrics about the pods of one side of a release. Both sides are one workload with one service;
 * only the hash that Argo Rollouts gives to their ReplicaSets tells them apart, and it stands in the names of their
 * pods.
 */
final class CanaryQueries {
    static final String CANARY = "canary-hash";
    static final String STABLE = "stable-hash";

    private final Name namespace;
    private final Name rollout;
    private final Duration window;

    CanaryQueries(Name namespace, Name rollout, Duration window) {
        this.namespace = namespace;
        this.rollout = rollout;
        this.window = window;
    }

    /** Share of the new version's answers without a 5xx status, 0 to 1. */
    String success() {
        return success(CANARY);
    }

    /** The same, less the stable version's. */
    String successAgainstStable() {
        return "(%s) - (%s)".formatted(success(CANARY), success(STABLE));
    }

    /** Slowest of 95 in 100 requests, as a multiple of the stable version's. */
    String latencyAgainstStable() {
        return "%s / %s".formatted(latency(CANARY), latency(STABLE));
    }

    // Without the zero, a version that answers nothing but errors would have no result instead of a bad one.
    private String success(String side) {
        return "(%s or vector(0)) / %s".formatted(requests(side, ", response_code!~\"5..\""), requests(side, ""));
    }

    private String requests(String side, String further) {
        return "sum(rate(istio_requests_total{%s%s}[%s]))".formatted(pods(side), further, window);
    }

    private String latency(String side) {
        return "histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{%s}[%s])))"
                .formatted(pods(side), window);
    }

    private String pods(String side) {
        return "reporter=\"destination\", namespace=\"%s\", pod=~\"%s-{{args.%s}}-.+\""
                .formatted(namespace, rollout, side);
    }
}
