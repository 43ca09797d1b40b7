package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a cluster that are alike.
 *
 * @param count how many there are, from 1 on, where nobody adds or takes any
 * @param min the fewest that an autoscaler of the cluster leaves, from 0 on
 * @param max the most that it makes, from 1 on
 * @param cpu allocatable cores of one
 * @param memory allocatable bytes of one
 * @param zones over which they are spread
 */
@Doc("Nodes that are alike, with what one of them has for pods.")
@Sample("{count: 3, cpu: 3860m, memory: 12Gi}")
public record NodePool(
        @Nullable @Doc("How many there are, where nobody adds or takes any; else min and max.") @Sample("3")
        Integer count,

        @Nullable @Doc("The fewest that an autoscaler of the cluster leaves.")
        Integer min,

        @Nullable @Doc("The most that an autoscaler of the cluster makes.")
        Integer max,

        @Required @Doc("Allocatable cores of one node, as kubectl describe node says: 3860m.")
        Quantity cpu,

        @Required @Doc("Allocatable bytes of one node: 12Gi.")
        Quantity memory,

        @Defaulted @Doc("Zones over which they are spread; default: nobody says.")
        List<Name> zones) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,5}) x (\\S+) (\\S+)(?: in (\\S+))?");
    private static final int MOST = 10_000; // nodes of a pool, twice what Kubernetes is tested with

    public NodePool {
        Require.that(
                (count == null) != (min == null && max == null) && (min == null) == (max == null),
                "count",
                "is to stand alone, or min and max together in its place",
                "give count for a fixed number of nodes, min and max where an autoscaler adds and takes some");
        if (count != null) {
            number("count", count, 1);
        }
        if (min != null && max != null) {
            number("min", min, 0);
            number("max", max, 1);
            Require.that(
                    min <= max, "min", "\"%d\" is more than max \"%d\"".formatted(min, max), "lower it, or raise max");
        }
        Quantity.cores("cpu", Require.present("cpu", cpu));
        Quantity.bytes("memory", Require.present("memory", memory));
        Require.that(!cpu.isZero(), "cpu", "\"%s\" holds no pod".formatted(cpu), "give the allocatable cores");
        Require.that(!memory.isZero(), "memory", "\"%s\" holds no pod".formatted(memory), "give the allocatable bytes");
        zones = zones == null ? List.of() : List.copyOf(zones);
    }

    private static void number(String key, int given, int least) {
        Require.that(
                given >= least && given <= MOST,
                key,
                "\"%d\" is no number of nodes".formatted(given),
                "give %d to %d".formatted(least, MOST));
    }

    /** The fewest nodes that there are. */
    public int fewest() {
        return count != null ? count : Require.present("min", min);
    }

    /** The most nodes that there may be. */
    public int most() {
        return count != null ? count : Require.present("max", max);
    }

    /** The same on one line, which {@link #parse} reads: {@code 3-6 x 3860m 12Gi in a,b}. */
    public String text() {
        String nodes = "%d-%d x %s %s".formatted(fewest(), most(), cpu, memory);
        return zones.isEmpty()
                ? nodes
                : "%s in %s"
                        .formatted(
                                nodes,
                                String.join(
                                        ",", zones.stream().map(Name::toString).toList()));
    }

    /** All pools of a cluster on one line, by their names: {@code web: 3 x 4 16Gi; batch: ...}. */
    public static String text(Map<Name, NodePool> pools) {
        return pools.entrySet().stream()
                .map(pool -> "%s: %s".formatted(pool.getKey(), pool.getValue().text()))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** The nodes that such a line tells of; empty for any other text. */
    public static Optional<NodePool> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String zones = parts.group(5);
            return Optional.of(new NodePool(
                    null,
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Quantity.of(parts.group(3)),
                    Quantity.of(parts.group(4)),
                    zones == null
                            ? List.of()
                            : List.of(zones.split(",")).stream().map(Name::of).toList()));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
