package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.ScaleTarget;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The number of pods follows a share of what they reserve, or what they reserve follows their use: both at once are two
 * controllers on one quantity [kubernetes/autoscaler, vertical-pod-autoscaler/docs/known-limitations.md].
 */
@AutoService(Inspection.class)
public final class AutoscalersApart implements Check {
    public static final Rule AUTOSCALERS_ON_ONE_RESOURCE = Rule.warning("MESH386", "autoscalers_on_one_resource")
            .title("Pods are counted by a share of the request that a VerticalPodAutoscaler changes")
            .consequence("A request that grows makes the share smaller and takes pods away, whose load then makes the"
                    + " request grow again: number and size of the pods never rest.")
            .remedy(
                    "Set updatePolicy.updateMode of the VerticalPodAutoscaler to \"Off\", or leave the resource out of its"
                            + " controlledResources, or count pods by something else, such as requests.");

    private static final Kind SCALED_OBJECT = new Kind("keda.sh", "ScaledObject");
    private static final Set<String> RESOURCES = Set.of("cpu", "memory");

    /** A share of what pods reserve; an empty container stands for all of the pod's. */
    private record Share(String resource, String container) {}

    @Override
    public List<Rule> rules() {
        return List.of(AUTOSCALERS_ON_ONE_RESOURCE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return VerticalTarget.all(mesh)
                .filter(VerticalTarget::changesPods)
                .flatMap(vertical -> ScaleTarget.counted(mesh.manifests())
                        .filter(vertical.target()::isOf)
                        .map(ScaleTarget::autoscaler)
                        .flatMap(counter -> shares(counter)
                                .filter(share -> changes(mesh, vertical, share))
                                .limit(1)
                                .map(share -> AUTOSCALERS_ON_ONE_RESOURCE.at(
                                        vertical.target().source(),
                                        "%s counts the pods of %s \"%s\" by their share of the %s that this changes"
                                                .formatted(
                                                        counter,
                                                        vertical.target().kind().name(),
                                                        vertical.target().name(),
                                                        share.resource())))));
    }

    private static Stream<Share> shares(Manifest counter) {
        if (counter.kind().equals(SCALED_OBJECT)) {
            return Fields.items(counter.at("/spec/triggers")).stream()
                    .filter(trigger -> RESOURCES.contains(trigger.path("type").asText("")))
                    .filter(trigger -> isShare(trigger.path("metricType"))
                            && isShare(trigger.path("metadata").path("type")))
                    .map(trigger -> new Share(
                            trigger.path("type").asText(),
                            trigger.path("metadata").path("containerName").asText("")));
        }
        List<JsonNode> metrics = Fields.items(counter.at("/spec/metrics"));
        // An autoscaler that names no metric counts by a share of CPU, in each version of its API.
        return metrics.isEmpty()
                ? Stream.of(new Share("cpu", ""))
                : metrics.stream().flatMap(AutoscalersApart::share);
    }

    /** An average of cores or bytes is none: what pods reserve does not count there. */
    private static boolean isShare(JsonNode type) {
        return type.isMissingNode() || type.asText("").equals("Utilization");
    }

    private static Stream<Share> share(JsonNode metric) {
        JsonNode resource = metric.path("type").asText("").equals("ContainerResource")
                ? metric.path("containerResource")
                : metric.path("resource");
        boolean byShare = resource.path("target").path("averageUtilization").isNumber()
                || resource.path("targetAverageUtilization").isNumber();
        String name = resource.path("name").asText("");
        return byShare && RESOURCES.contains(name)
                ? Stream.of(new Share(name, resource.path("container").asText("")))
                : Stream.empty();
    }

    private static boolean changes(Mesh mesh, VerticalTarget target, Share share) {
        if (!share.container().isEmpty()) {
            return target.changes(share.container(), share.resource());
        }
        List<String> containers = target.workload(mesh).stream()
                .flatMap(workload -> Fields.items(workload.at("/spec/template/spec/containers")).stream())
                .map(container -> container.path("name").asText(""))
                .toList();
        // Containers that nobody shows are those without a policy of their own.
        return containers.isEmpty()
                ? target.changes("*", share.resource())
                : containers.stream().anyMatch(container -> target.changes(container, share.resource()));
    }
}
