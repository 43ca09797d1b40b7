package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.evidence.ScaleTarget;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A VerticalPodAutoscaler, the workload that it names, and what it may change of that one's containers. */
record VerticalTarget(Manifest autoscaler, ScaleTarget target) {
    private static final Kind KIND = new Kind("autoscaling.k8s.io", "VerticalPodAutoscaler");
    private static final String ALL_OTHERS = "*";
    private static final Set<String> CHANGING = Set.of("Auto", "Recreate", "Initial", "InPlace", "InPlaceOrRecreate");

    static Stream<VerticalTarget> all(Mesh mesh) {
        return mesh.manifests().kind(KIND).stream()
                .map(autoscaler -> new VerticalTarget(autoscaler, ScaleTarget.of(autoscaler, "/spec/targetRef")));
    }

    Optional<Manifest> workload(Mesh mesh) {
        return mesh.manifests().find(target.kind(), autoscaler.home(), target.name());
    }

    /** True if it writes what it recommends into pods; where it says nothing, it does. */
    boolean changesPods() {
        JsonNode mode = autoscaler.at("/spec/updatePolicy/updateMode");
        return mode.isMissingNode() || CHANGING.contains(mode.asText());
    }

    /** True if it may change what a container reserves of {@code cpu} or {@code memory}. */
    boolean changes(String container, String resource) {
        JsonNode policy = policy(container).or(() -> policy(ALL_OTHERS)).orElse(null);
        if (policy == null) {
            return true;
        }
        List<String> controlled = Fields.texts(policy.path("controlledResources"));
        return !policy.path("mode").asText("").equals("Off") && (controlled.isEmpty() || controlled.contains(resource));
    }

    private Optional<JsonNode> policy(String container) {
        return Fields.items(autoscaler.at("/spec/resourcePolicy/containerPolicies")).stream()
                .filter(policy -> policy.path("containerName").asText("").equals(container))
                .findFirst();
    }
}
