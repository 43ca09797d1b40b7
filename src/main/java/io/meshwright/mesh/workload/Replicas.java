package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The least number of pods of a workload, which an autoscaler may say instead of the workload. */
public final class Replicas {
    private static final Kind AUTOSCALER = new Kind("autoscaling", "HorizontalPodAutoscaler");
    private static final Kind SCALED_OBJECT = new Kind("keda.sh", "ScaledObject");
    private static final Set<Kind> COUNTED = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.REPLICA_SET, Kind.ROLLOUT);

    private record Workload(String kind, String namespace, String name) {}

    private final Map<Workload, Integer> scaled = new HashMap<>();

    public Replicas(Manifests manifests) {
        // Defaults: one pod for Kubernetes' autoscaler, none for KEDA's.
        manifests.kind(AUTOSCALER).forEach(scaler -> scale(scaler, "/spec/minReplicas", 1));
        manifests.kind(SCALED_OBJECT).forEach(scaler -> scale(scaler, "/spec/minReplicaCount", 0));
    }

    private void scale(Manifest scaler, String pointer, int otherwise) {
        JsonNode target = scaler.at("/spec/scaleTargetRef");
        String kind = target.path("kind").asText(Kind.DEPLOYMENT.name());
        scaled.put(
                new Workload(kind, scaler.home(), target.path("name").asText()),
                Fields.number(scaler.at(pointer)).orElse(otherwise));
    }

    /** A pod of a Deployment that a chart or istiod makes, as often as an autoscaler says. */
    public Pod counted(Pod made) {
        Integer least = scaled.get(new Workload(Kind.DEPLOYMENT.name(), made.namespace(), made.name()));
        return least == null ? made : made.times(least);
    }

    /** Empty for a DaemonSet, which has one pod on each node, and for jobs. */
    OptionalInt of(Manifest workload) {
        if (workload.kind().equals(Kind.POD)) {
            return OptionalInt.of(1);
        }
        if (!COUNTED.contains(workload.kind())) {
            return OptionalInt.empty();
        }
        Integer least = scaled.get(new Workload(workload.kind().name(), workload.home(), workload.name()));
        return OptionalInt.of(
                least != null
                        ? least
                        : Fields.number(workload.at("/spec/replicas")).orElse(1));
    }
}
