package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.demand.Amount;
import io.meshwright.mesh.demand.Demands;
import io.meshwright.mesh.demand.Nodes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nodes that an environment declares hold what its pods request. Requests alone are compared, each sum with the sum of
 * the nodes: what fits by this may still not fit, and what does not, never does.
 */
@AutoService(Inspection.class)
public final class NodesHoldPods implements Check {
    public static final Rule REQUESTS_EXCEED_NODES = Rule.error("MESH389", "requests_exceed_nodes")
            .title("Pods request more than the declared nodes have")
            .consequence("Some pods wait for a node for ever, and which ones depends on who came first; while a node is"
                    + " drained, as every upgrade of nodes does, its pods find no other place.")
            .remedy("Lower requests, replicas or the autoscalers' minimum, or add nodes and say so in cluster.nodes.");

    public static final Rule POD_EXCEEDS_NODES = Rule.error("MESH390", "pod_exceeds_nodes")
            .title("A pod requests more than any declared node has")
            .consequence("It stays Pending, however many nodes there are.")
            .remedy("Lower its requests, those of its sidecar included, or declare a pool of larger nodes.");

    @Override
    public List<Rule> rules() {
        return List.of(REQUESTS_EXCEED_NODES, POD_EXCEEDS_NODES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Optional<Nodes> declared = Nodes.of(mesh.manifests());
        if (declared.isEmpty()) {
            return Stream.empty();
        }
        Demands demands = Demands.of(mesh);
        return Stream.concat(sums(declared.get(), demands), pods(declared.get(), demands));
    }

    private static Stream<Finding> sums(Nodes nodes, Demands demands) {
        Amount least = demands.least();
        Amount room = nodes.room(demands.ofEveryNode());
        Amount drained = nodes.roomWithOneDrained(demands.ofEveryNode());
        return Stream.of(
                        sum(nodes, "memory", least.memory(), room.memory(), drained.memory()),
                        sum(nodes, "CPU", least.cpu(), room.cpu(), drained.cpu()))
                .flatMap(Optional::stream);
    }

    private static Optional<Finding> sum(
            Nodes nodes, String what, BigDecimal asked, BigDecimal room, BigDecimal drained) {
        if (asked.compareTo(room) > 0) {
            return Optional.of(REQUESTS_EXCEED_NODES.at(
                    nodes.source(),
                    "pods request %s of %s at least, and all %d nodes together have %s for them"
                            .formatted(text(what, asked), what, nodes.most(), text(what, room))));
        }
        return asked.compareTo(drained) <= 0
                ? Optional.empty()
                : Optional.of(REQUESTS_EXCEED_NODES
                        .at(
                                nodes.source(),
                                "pods request %s of %s at least, and with one of %d nodes drained the others have %s for"
                                                .formatted(text(what, asked), what, nodes.most(), text(what, drained))
                                        + " them")
                        .as(Severity.WARNING));
    }

    private static String text(String what, BigDecimal amount) {
        return what.equals("memory")
                ? new Amount(BigDecimal.ZERO, amount).memoryText()
                : "%s cores".formatted(new Amount(amount, BigDecimal.ZERO).cpuText());
    }

    private static Stream<Finding> pods(Nodes nodes, Demands demands) {
        Amount taken = demands.ofEveryNode();
        Amount largest = nodes.largest(taken);
        return demands.all().stream()
                .filter(demand -> !demand.everyNode() && demand.most() > 0)
                .filter(demand -> !nodes.oneTakes(demand.each(), taken))
                .map(demand -> POD_EXCEEDS_NODES.at(
                        demand.source(),
                        "a pod of %s requests %s cores and %s of memory, and no node has both: the most are %s cores and %s"
                                .formatted(
                                        demand.name(),
                                        demand.each().cpuText(),
                                        demand.each().memoryText(),
                                        largest.cpuText(),
                                        largest.memoryText())));
    }
}
