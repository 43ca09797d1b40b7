package io.meshwright.environment.reader;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The entries of a mapping by key, in the order of the file; whatever is no mapping is noted and has none. */
final class Entries {
    private final Map<String, Entry> byKey = new LinkedHashMap<>();

    private Entries() {}

    /** A key is a node of its own, since a map may type its keys. */
    record Entry(PlacedNode key, PlacedNode value) {}

    static Entries of(PlacedNode placed, Problems problems) {
        Entries entries = new Entries();
        if (placed.node() instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> entries.add(placed, tuple, problems));
        } else {
            problems.add(placed, placed.found(), "give a mapping of keys to values");
        }
        return entries;
    }

    Collection<Entry> values() {
        return byKey.values();
    }

    Set<String> keys() {
        return byKey.keySet();
    }

    Optional<Entry> at(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    private void add(PlacedNode owner, NodeTuple tuple, Problems problems) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(
                    tuple.getKeyNode().getStartMark(),
                    owner.path(),
                    "has a list or a mapping as a key",
                    "give a text as key");
            return;
        }
        PlacedNode value = owner.entry(key, tuple.getValueNode());
        Entry earlier =
                byKey.putIfAbsent(key.getValue(), new Entry(new PlacedNode(key, value.path(), value.key()), value));
        if (earlier != null) {
            problems.add(
                    value.key(),
                    value.path(),
                    "is given twice, first in line %d"
                            .formatted(earlier.key().key().getLine() + 1),
                    "keep one of them");
        }
    }
}
