package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.IntOrPercent;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.object.ObjectId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The replacing of a workload's pods.
 *
 * @param replicas pods that it wants
 * @param surge pods that it may have beyond them meanwhile
 * @param unavailable pods that may be missing meanwhile
 */
record RollOut(int replicas, int surge, int unavailable) {
    private static final double DEFAULT_PART = 0.25;

    /** Those of a workload, as far as the number of its pods is known. */
    static Stream<RollOut> of(Mesh mesh, ObjectId workload) {
        return mesh.pods().all().stream()
                .filter(pod -> ObjectId.of(pod.source().manifest()).equals(workload))
                .flatMap(pod -> of(pod).stream());
    }

    /** Of a Deployment or StatefulSet whose number of pods is known. */
    static Optional<RollOut> of(Pod pod) {
        if (pod.replicas().isEmpty()) {
            return Optional.empty();
        }
        int replicas = pod.replicas().getAsInt();
        Kind kind = pod.source().manifest().kind();
        if (kind.equals(Kind.STATEFUL_SET)) {
            return Optional.of(new RollOut(replicas, 0, Math.min(1, replicas)));
        }
        JsonNode strategy = pod.source().manifest().at("/spec/strategy");
        if (!kind.equals(Kind.DEPLOYMENT)) {
            return Optional.empty();
        }
        return Optional.of(
                strategy.path("type").asText("").equals("Recreate")
                        ? new RollOut(replicas, 0, replicas)
                        : rolling(replicas, strategy.path("rollingUpdate")));
    }

    /** Surge rounds up, what is missing rounds down, and one of them moves (kubernetes, ResolveFenceposts). */
    private static RollOut rolling(int replicas, JsonNode update) {
        int surge = (int) Math.ceil(amount(update.path("maxSurge"), replicas));
        int unavailable = (int) Math.floor(amount(update.path("maxUnavailable"), replicas));
        return new RollOut(replicas, surge, surge == 0 && unavailable == 0 ? 1 : Math.min(unavailable, replicas));
    }

    private static double amount(JsonNode value, int replicas) {
        return IntOrPercent.of(value, replicas).orElse(DEFAULT_PART * replicas);
    }

    /** True if pods are wanted, and none of them serves while they are replaced. */
    boolean isDown() {
        return replicas > 0 && serving() == 0;
    }

    /** Pods that serve at least while others are replaced. */
    int serving() {
        return replicas - unavailable;
    }
}
