package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.check.evidence.ScaleTarget;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A workload's pods are counted by one controller: KEDA makes a HorizontalPodAutoscaler of each ScaledObject. */
@AutoService(Inspection.class)
public final class OneAutoscaler implements Check {
    public static final Rule TWO_AUTOSCALERS = Rule.error("MESH277", "two_autoscalers")
            .title("Two autoscalers change the number of one workload's pods")
            .consequence("Each undoes what the other has done, and the number of pods never rests.")
            .remedy("Keep the HorizontalPodAutoscaler or the ScaledObject, which makes one of its own.");

    @Override
    public List<Rule> rules() {
        return List.of(TWO_AUTOSCALERS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return ScaleTarget.counted(mesh.manifests())
                .collect(Collectors.groupingBy(ScaleTarget::toString, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(entry -> entry.getValue().stream()
                        .flatMap(one -> entry.getValue().stream()
                                .map(ScaleTarget::autoscaler)
                                .filter(other -> Rivals.differ(one.autoscaler(), other))
                                .limit(1)
                                .map(other -> TWO_AUTOSCALERS.at(
                                        one.source(),
                                        "%s changes the number of %s's pods too".formatted(other, entry.getKey())))));
    }
}
