package io.meshwright.plan.delivery;

import io.meshwright.check.text.Amount;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What pods ask of the nodes. */
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

    private static Map<String, BigDecimal> sums(Mesh mesh) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
            BigDecimal replicas = BigDecimal.valueOf(pod.replicas().orElse(1));
            Fields.items(pod.spec().path("containers"))
                    .forEach(container -> List.of("cpu", "memory")
                            .forEach(resource -> Amount.of(container.at("/resources/requests/".concat(resource)))
                                    .ifPresent(amount ->
                                            sums.merge(resource, amount.value().multiply(replicas), BigDecimal::add))));
        }
        return sums;
    }

    private static String amount(String resource, BigDecimal amount) {
        return resource.equals("memory")
                ? "%d Mi".formatted(amount.longValue() >> 20)
                : "%s cores".formatted(amount.stripTrailingZeros().toPlainString());
    }
}
