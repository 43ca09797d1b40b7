package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.DisruptionBudget;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pods can leave a node that is drained, for an upgrade or by an autoscaler of nodes (kubernetes.io, "Specifying a
 * Disruption Budget"; the eviction API refuses a pod with two budgets).
 */
@AutoService(Inspection.class)
public final class NodesCanBeDrained implements Check {
    public static final Rule BUDGET_HOLDS_ALL = Rule.warning("MESH395", "budget_holds_all")
            .title("A PodDisruptionBudget lets none of its pods go")
            .consequence(
                    "A node on which one of them runs is never drained: upgrades of nodes wait until they give up.")
            .remedy(
                    "Run one pod more than the budget demands, or demand one less; maxUnavailable: 1 fits every number.");

    public static final Rule TWO_BUDGETS = Rule.warning("MESH396", "two_budgets")
            .title("Two PodDisruptionBudgets are for the same pods")
            .consequence("The API server evicts no pod that has two budgets, so its node is never drained.")
            .remedy("Keep one of them, or narrow their selectors.");

    @Override
    public List<Rule> rules() {
        return List.of(BUDGET_HOLDS_ALL, TWO_BUDGETS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Manifest> budgets = mesh.manifests().kind(DisruptionBudget.KIND);
        return budgets.stream()
                .flatMap(budget -> Stream.concat(tight(mesh, budget).stream(), second(mesh, budgets, budget).stream()));
    }

    private static Optional<Finding> tight(Mesh mesh, Manifest manifest) {
        return DisruptionBudget.of(manifest, mesh.pods())
                .filter(DisruptionBudget::holdsAll)
                .map(budget -> BUDGET_HOLDS_ALL.at(
                        Source.of(manifest).at("/spec").at(demand(manifest)),
                        budget.replicas() == 1
                                ? "it demands the one pod of %s".formatted(owner(budget.pods()))
                                : "it demands %d of the %d pods of %s"
                                        .formatted(
                                                Math.min(budget.demanded(), budget.replicas()),
                                                budget.replicas(),
                                                owner(budget.pods()))));
    }

    private static String demand(Manifest budget) {
        return budget.at("/spec/minAvailable").isMissingNode() ? "/maxUnavailable" : "/minAvailable";
    }

    private static String owner(List<Pod> pods) {
        return pods.size() == 1 ? pods.get(0).toString() : "%s and others".formatted(pods.get(0));
    }

    /** Another budget for one of the pods, which is told of the first of both in the order of their names. */
    private static Optional<Finding> second(Mesh mesh, List<Manifest> budgets, Manifest budget) {
        List<Pod> pods = DisruptionBudget.selected(budget, mesh.pods());
        return budgets.stream()
                .filter(other -> other.home().equals(budget.home()) && Rivals.differ(budget, other))
                .filter(other -> other.name().compareTo(budget.name()) > 0)
                .flatMap(other -> DisruptionBudget.selected(other, mesh.pods()).stream()
                        .filter(pods::contains)
                        .map(pod -> TWO_BUDGETS.at(
                                Source.of(budget).at("/spec/selector"),
                                "%s is for the pods of %s too".formatted(other, pod))))
                .findFirst();
    }
}
