package io.meshwright.construct.pod;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Recommendations for the containers of a workload: the fields that we give, in the order in which they are written.
 */
@Group("autoscaling.k8s.io")
@Version("v1")
public final class VerticalPodAutoscaler extends CustomResource<VerticalPodAutoscaler.Spec, Void> {
    private static final long serialVersionUID = 1;

    public VerticalPodAutoscaler(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** The workload, whether its pods are changed, and how each container is looked at. */
    public record Spec(TargetRef targetRef, UpdatePolicy updatePolicy, ResourcePolicy resourcePolicy) {}

    /** A workload of the same namespace. */
    public record TargetRef(String apiVersion, String kind, String name) {}

    /** The way of recommendations into pods. */
    public record UpdatePolicy(String updateMode) {}

    /** Policies of containers by their names; one without a policy is looked at. */
    public record ResourcePolicy(List<ContainerPolicy> containerPolicies) {
        public ResourcePolicy {
            containerPolicies = List.copyOf(containerPolicies);
        }
    }

    /** Resources and bounds of one container; with mode Off it is not looked at. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ContainerPolicy(
            String containerName,
            @Nullable String mode,
            @Nullable List<String> controlledResources,
            @Nullable SortedMap<String, String> minAllowed,
            @Nullable SortedMap<String, String> maxAllowed) {
        /** One that is not looked at. */
        public static ContainerPolicy off(String containerName) {
            return new ContainerPolicy(containerName, "Off", null, null, null);
        }
    }
}
