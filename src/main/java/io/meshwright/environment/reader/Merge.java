package io.meshwright.environment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One tree over another: mappings are merged by key, a mapping with another {@code type} replaces, and so do lists and
 * scalars; null removes what lies below it, and is an error where nothing does.
 */
final class Merge {
    private static final String TYPE = "type";

    private Merge() {}

    static Node of(Node base, Node over) {
        return base instanceof MappingNode below && over instanceof MappingNode above && !isOther(below, above)
                ? merged(below, above)
                : over;
    }

    /** The same mapping without some of its keys. */
    static Node without(Node root, Set<String> keys) {
        return root instanceof MappingNode mapping
                ? like(
                        mapping,
                        mapping.getValue().stream()
                                .filter(tuple ->
                                        key(tuple).filter(keys::contains).isEmpty())
                                .toList())
                : root;
    }

    /** Returns the value that a mapping has at a key. */
    static Optional<Node> value(Node root, String key) {
        return root instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> key(tuple).filter(key::equals).isPresent())
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the value that a mapping has at the end of some keys; itself without any. */
    static Optional<Node> value(Node root, List<String> keys) {
        Optional<Node> found = Optional.of(root);
        for (String key : keys) {
            found = found.flatMap(node -> value(node, key));
        }
        return found;
    }

    /** The entries of a mapping; none of anything else. */
    static List<NodeTuple> tuples(Node root) {
        return root instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    /** A tree of nothing but the value of an entry, at the end of some keys. */
    static Node at(List<String> keys, NodeTuple entry) {
        Node value = entry.getValueNode();
        Node key = entry.getKeyNode();
        for (int i = keys.size() - 1; i >= 0; i--) {
            ScalarNode step = new ScalarNode(
                    Tag.STR, keys.get(i), key.getStartMark(), key.getEndMark(), DumperOptions.ScalarStyle.PLAIN);
            value = new MappingNode(
                    Tag.MAP,
                    true,
                    new ArrayList<>(List.of(new NodeTuple(step, value))),
                    key.getStartMark(),
                    value.getEndMark(),
                    DumperOptions.FlowStyle.BLOCK);
        }
        return value;
    }

    private static Node merged(MappingNode base, MappingNode over) {
        List<NodeTuple> tuples = new ArrayList<>(base.getValue());
        for (NodeTuple tuple : over.getValue()) {
            int below = below(tuples, tuple, base);
            if (below < 0) {
                tuples.add(tuple); // also a key that is given twice, of which the reader tells
            } else if (tuple.getValueNode().getTag().equals(Tag.NULL)) {
                tuples.remove(below);
            } else {
                tuples.set(
                        below,
                        new NodeTuple(tuple.getKeyNode(), of(tuples.get(below).getValueNode(), tuple.getValueNode())));
            }
        }
        return like(over, tuples);
    }

    /** Returns the index at which the base's own tuple of the key stands. */
    private static int below(List<NodeTuple> tuples, NodeTuple tuple, MappingNode base) {
        for (int i = 0; i < tuples.size(); i++) {
            if (key(tuple).isPresent()
                    && key(tuple).equals(key(tuples.get(i)))
                    && base.getValue().contains(tuples.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOther(MappingNode base, MappingNode over) {
        Optional<String> below = value(base, TYPE).flatMap(Merge::text);
        Optional<String> above = value(over, TYPE).flatMap(Merge::text);
        return below.isPresent() && above.isPresent() && !below.equals(above);
    }

    private static MappingNode like(MappingNode mapping, List<NodeTuple> tuples) {
        return new MappingNode(
                mapping.getTag(),
                true,
                new ArrayList<>(tuples),
                mapping.getStartMark(),
                mapping.getEndMark(),
                mapping.getFlowStyle());
    }

    static Optional<String> key(NodeTuple tuple) {
        return text(tuple.getKeyNode());
    }

    private static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }
}
