package io.meshwright.mesh.demand;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The most pods that autoscalers make of a workload. */
final class Scaling {
    private static final Kind AUTOSCALER = new Kind("autoscaling", "HorizontalPodAutoscaler");
    private static final Kind SCALED_OBJECT = new Kind("keda.sh", "ScaledObject");
    // Of a ScaledObject that does not say (keda.sh, ScaledObject specification).
    private static final int KEDAS_OWN = 100;

    private final Map<String, Integer> most = new HashMap<>();

    Scaling(Manifests manifests) {
        manifests.kind(AUTOSCALER).forEach(scaler -> add(scaler, "/spec/maxReplicas", 1));
        manifests.kind(SCALED_OBJECT).forEach(scaler -> add(scaler, "/spec/maxReplicaCount", KEDAS_OWN));
    }

    private void add(Manifest scaler, String pointer, int otherwise) {
        String kind = scaler.text("/spec/scaleTargetRef/kind").orElse(Kind.DEPLOYMENT.name());
        String name = scaler.text("/spec/scaleTargetRef/name").orElse("");
        most.put(
                key(kind, scaler.home(), name),
                Fields.number(scaler.at(pointer)).orElse(otherwise));
    }

    /** Empty where no autoscaler asks for this workload. */
    OptionalInt most(Manifest workload) {
        Integer found = most.get(key(workload.kind().name(), workload.home(), workload.name()));
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private static String key(String kind, String namespace, String name) {
        return "%s %s/%s".formatted(kind, namespace, name);
    }
}
