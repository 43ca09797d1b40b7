package io.meshwright.plan.delivery;

import io.meshwright.check.text.Amount;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The requests of pods to the nodes. */
final class AskedOfNodes {
    private AskedOfNodes() {}

    /** The sum of what all pods ask of the nodes, where it grows. */
    static List<Change> changes(Mesh before, Mesh after) {
        List<Change> grown = new ArrayList<>();
        Map<String, BigDecimal> old = sums(before);
        sums(after).forEach((resource, sum) -> {
            BigDecimal was = old.getOrDefault(resource, BigDecimal.ZERO);
            if (sum.compareTo(was) > 0) {
                grown.add(ChangeRule.REQUESTS_OF_PODS.of(
                        "requests of %s".formatted(resource),
                        "were %s in all, are %s".formatted(amount(resource, was), amount(resource, sum))));
            }
        });
        return grown;
    }

    /** Returns what the pods of a workload ask for beyond that while they are replaced. */
    static Stream<String> meanwhile(Mesh mesh, ObjectId workload) {
        return mesh.pods().all().stream()
                .filter(pod -> ObjectId.of(pod.source().manifest()).equals(workload))
                .flatMap(pod -> RollOut.of(pod).stream()
                        .filter(rollOut -> rollOut.surge() > 0)
                        .map(rollOut -> meanwhile(pod, rollOut.surge())));
    }

    private static String meanwhile(Pod pod, int surge) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        add(sums, pod, surge);
        String asked = sums.entrySet().stream()
                .map(sum ->
                        amount(sum.getKey(), sum.getValue()).concat(sum.getKey().equals("cpu") ? "" : " of memory"))
                .collect(Collectors.joining(", "));
        return "meanwhile up to %d more %s%s"
                .formatted(surge, surge == 1 ? "pod" : "pods", asked.isEmpty() ? "" : ": ".concat(asked));
    }

    private static Map<String, BigDecimal> sums(Mesh mesh) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        mesh.pods().all().forEach(pod -> add(sums, pod, pod.replicas().orElse(1)));
        return sums;
    }

    private static void add(Map<String, BigDecimal> sums, Pod pod, int number) {
        BigDecimal pods = BigDecimal.valueOf(number);
        Fields.items(pod.spec().path("containers"))
                .forEach(container -> List.of("cpu", "memory")
                        .forEach(resource -> Amount.of(container.at("/resources/requests/".concat(resource)))
                                .ifPresent(amount ->
                                        sums.merge(resource, amount.value().multiply(pods), BigDecimal::add))));
    }

    private static String amount(String resource, BigDecimal amount) {
        return resource.equals("memory")
                ? "%d Mi".formatted(amount.longValue() >> 20)
                : "%s cores".formatted(amount.stripTrailingZeros().toPlainString());
    }
}
