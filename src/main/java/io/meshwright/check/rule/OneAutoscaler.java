package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A workload's pods are counted by one controller: KEDA makes a HorizontalPodAutoscaler of each ScaledObject. */
public final class OneAutoscaler implements Check {
    private static final List<Kind> AUTOSCALERS =
            List.of(new Kind("autoscaling", "HorizontalPodAutoscaler"), new Kind("keda.sh", "ScaledObject"));
    private static final String TARGET = "/spec/scaleTargetRef";

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return AUTOSCALERS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .collect(Collectors.groupingBy(OneAutoscaler::target, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(entry -> entry.getValue().stream()
                        .flatMap(one -> entry.getValue().stream()
                                .filter(other -> Rivals.differ(other, one))
                                .limit(1)
                                .map(other -> Rule.TWO_AUTOSCALERS.at(
                                        Source.of(one).at(TARGET),
                                        "%s changes the number of %s's pods too".formatted(other, entry.getKey())))));
    }

    /** {@code Deployment shop/web}; KEDA takes a target without a kind for a Deployment. */
    private static String target(Manifest autoscaler) {
        return "%s %s/%s"
                .formatted(
                        autoscaler.text(TARGET.concat("/kind")).orElse("Deployment"),
                        autoscaler.home(),
                        autoscaler.at(TARGET).path("name").asText(""));
    }
}
