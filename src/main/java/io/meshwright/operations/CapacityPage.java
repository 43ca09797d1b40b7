package io.meshwright.operations;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.demand.Amount;
import io.meshwright.mesh.demand.Demand;
import io.meshwright.mesh.demand.Demands;
import io.meshwright.mesh.demand.Nodes;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import io.meshwright.value.Name;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what all pods of one environment request, and what its nodes have, as a Markdown page. */
public final class CapacityPage {
    private final Demands demands;
    private final Optional<Nodes> nodes;
    private final Markdown text;

    private CapacityPage(String environment, Mesh mesh) {
        this.demands = Demands.of(mesh);
        this.nodes = Nodes.of(mesh.manifests());
        this.text = Markdown.titled("Capacity of %s".formatted(environment));
    }

    /** The whole page, with a line feed at its end. */
    public static String of(String environment, Mesh mesh) {
        CapacityPage page = new CapacityPage(environment, mesh);
        page.text.paragraph(
                "What pods request, their sidecars included: the scheduler reserves it, whether it is used or"
                        + " not. At least: every autoscaler at its minimum and no Job running; at most: every"
                        + " autoscaler at its maximum and each Job running once. The second pod of a roll-out is not"
                        + " counted.");
        page.sums();
        page.nodes();
        page.pods();
        page.silent();
        return page.text.toString();
    }

    private void sums() {
        MarkdownTable table =
                MarkdownTable.of("namespace", "cores at least", "memory at least", "cores at most", "memory at most");
        Map<String, Amounts> namespaces = new TreeMap<>();
        demands.all().stream()
                .filter(demand -> !demand.everyNode())
                .forEach(demand -> namespaces.merge(
                        demand.name().substring(0, demand.name().indexOf('/')), Amounts.of(demand), Amounts::plus));
        namespaces.forEach((namespace, sum) -> row(table, namespace, sum.least(), sum.most()));
        row(table, "all", demands.least(), demands.most());
        text.heading("In all").table(table);
        Amount each = demands.ofEveryNode();
        text.paragraph("Besides, %s cores and %s of memory on every node, by what stands on each."
                .formatted(each.cpuText(), each.memoryText()));
    }

    private static void row(MarkdownTable table, String name, Amount least, Amount most) {
        table.row(name, least.cpuText(), least.memoryText(), most.cpuText(), most.memoryText());
    }

    private void nodes() {
        text.heading("Nodes");
        if (nodes.isEmpty()) {
            text.paragraph(
                    "The environment declares none in `cluster.nodes`, so that nobody compares. Nodes need room for"
                            + " the sum above while one of them is drained.");
            return;
        }
        Nodes known = nodes.get();
        MarkdownTable pools = MarkdownTable.of("pool", "nodes", "cores of one", "memory of one", "zones");
        known.pools()
                .forEach((name, pool) -> pools.row(
                        name,
                        pool.fewest() == pool.most()
                                ? Integer.toString(pool.most())
                                : "%d to %d".formatted(pool.fewest(), pool.most()),
                        pool.cpu().toString(),
                        pool.memory().toString(),
                        pool.zones().stream().map(Name::toString).collect(Collectors.joining(", "))));
        text.table(pools);
        Amount each = demands.ofEveryNode();
        MarkdownTable rooms = MarkdownTable.of("room for pods", "cores", "memory", "holds the least", "holds the most");
        room(rooms, "all nodes, as few as there may be", known.fewestRoom(each));
        room(rooms, "all nodes, as many as there may be", known.room(each));
        room(rooms, "one node drained", known.roomWithOneDrained(each));
        known.roomWithoutZone(each).ifPresent(room -> room(rooms, "one zone lost", room));
        text.table(rooms);
    }

    private void room(MarkdownTable table, String name, Amount room) {
        table.row(
                name,
                room.cpuText(),
                room.memoryText(),
                demands.least().fitsInto(room) ? "by its sum" : "no",
                demands.most().fitsInto(room) ? "by its sum" : "no");
    }

    private void pods() {
        MarkdownTable table = MarkdownTable.of("pods", "how many", "cores of one", "memory of one");
        demands.all()
                .forEach(demand -> table.row(
                        demand.name(),
                        count(demand),
                        demand.each().cpuText(),
                        demand.each().memoryText()));
        text.heading("Pods").table(table);
    }

    private static String count(Demand demand) {
        if (demand.everyNode()) {
            return "one on every node";
        }
        return demand.least() == demand.most()
                ? Integer.toString(demand.least())
                : "%d to %d".formatted(demand.least(), demand.most());
    }

    private void silent() {
        if (!demands.silent().isEmpty()) {
            text.heading("Not counted")
                    .paragraph("No value of these charts says what their pods request: %s."
                            .formatted(demands.silent().stream()
                                    .map("`%s`"::formatted)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** The sums of one namespace. */
    private record Amounts(Amount least, Amount most) {
        static Amounts of(Demand demand) {
            return new Amounts(
                    demand.each().times(demand.least()), demand.each().times(demand.most()));
        }

        Amounts plus(Amounts other) {
            return new Amounts(least.plus(other.least), most.plus(other.most));
        }
    }
}
