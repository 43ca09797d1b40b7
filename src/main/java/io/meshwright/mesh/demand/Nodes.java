package io.meshwright.mesh.demand;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.workload.NodePool;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The nodes of the cluster, as an environment declares them; Argo CD's project of the environment carries them, or
 * Flux's repository, or what a person installs by.
 *
 * @param pools by name
 * @param source where they stand
 */
public record Nodes(SortedMap<String, NodePool> pools, Source source) {
    private static final List<Kind> CARRIERS = List.of(
            new Kind("argoproj.io", "AppProject"),
            new Kind("source.toolkit.fluxcd.io", "GitRepository"),
            Kind.INSTALLATION);

    /** Empty where nobody declares them, or several do: then nobody knows which pods go where. */
    public static Optional<Nodes> of(Manifests manifests) {
        List<Nodes> declared = CARRIERS.stream()
                .flatMap(kind -> manifests.kind(kind).stream())
                .flatMap(carrier -> read(carrier).stream())
                .toList();
        return declared.size() == 1 ? Optional.of(declared.get(0)) : Optional.empty();
    }

    private static Optional<Nodes> read(Manifest project) {
        String text = project.annotations().getOrDefault(MeshwrightNames.NODES, "");
        SortedMap<String, NodePool> pools = new TreeMap<>();
        for (String line : text.split(";")) {
            String[] parts = line.strip().split(": ", 2);
            Optional<NodePool> pool = parts.length == 2 ? NodePool.parse(parts[1]) : Optional.empty();
            if (pool.isEmpty()) {
                return Optional.empty();
            }
            pools.put(parts[0], pool.get());
        }
        return Optional.of(new Nodes(pools, Source.of(project).annotation(MeshwrightNames.NODES)));
    }

    /** The most nodes that there may be. */
    public int most() {
        return pools.values().stream().mapToInt(NodePool::most).sum();
    }

    /** Room for pods on all nodes, after what stands on every one, with each pool at its most. */
    public Amount room(Amount ofEveryNode) {
        return sum(ofEveryNode, NodePool::most);
    }

    /** The same with each pool at its fewest. */
    public Amount fewestRoom(Amount ofEveryNode) {
        return sum(ofEveryNode, NodePool::fewest);
    }

    /**
     * The same as {@link #room} with one node less, of each kind of resource the one that has most of it; nothing is
     * taken where there is but one node, since then no drain leaves anything.
     */
    public Amount roomWithOneDrained(Amount ofEveryNode) {
        return most() < 2 ? room(ofEveryNode) : room(ofEveryNode).minus(largest(ofEveryNode));
    }

    /** With one zone less, of the pools that say their zones and spread over several; the largest loss of each. */
    public Optional<Amount> roomWithoutZone(Amount ofEveryNode) {
        Map<String, Amount> lost = new TreeMap<>();
        pools.values().stream().filter(pool -> pool.zones().size() > 1).forEach(pool -> {
            int each = (pool.most() + pool.zones().size() - 1) / pool.zones().size();
            pool.zones()
                    .forEach(zone ->
                            lost.merge(zone.toString(), free(pool, ofEveryNode).times(each), Amount::plus));
        });
        return lost.values().stream()
                .reduce(Amount::larger)
                .map(loss -> room(ofEveryNode).minus(loss));
    }

    /** True if one node at least takes such a pod beside what stands on every one. */
    public boolean oneTakes(Amount pod, Amount ofEveryNode) {
        return pools.values().stream().anyMatch(pool -> pod.fitsInto(free(pool, ofEveryNode)));
    }

    /** Of each kind of resource the most that a single node has left. */
    public Amount largest(Amount ofEveryNode) {
        return pools.values().stream().map(pool -> free(pool, ofEveryNode)).reduce(Amount.NONE, Amount::larger);
    }

    private Amount sum(Amount ofEveryNode, ToIntFunction<NodePool> count) {
        return pools.values().stream()
                .map(pool -> free(pool, ofEveryNode).times(count.applyAsInt(pool)))
                .reduce(new Amount(BigDecimal.ZERO, BigDecimal.ZERO), Amount::plus);
    }

    private static Amount free(NodePool pool, Amount ofEveryNode) {
        return Amount.of(pool.cpu(), pool.memory()).minus(ofEveryNode);
    }
}
