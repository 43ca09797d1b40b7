package io.meshwright.environment.reader;

import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A node of the file with its path and the key that names it (the node itself in a list and at the root). */
record Spot(Node node, KeyPath path, Mark key) {
    static Spot root(Node node) {
        return new Spot(node, KeyPath.root(), node.getStartMark());
    }

    Spot entry(ScalarNode key, Node value) {
        return new Spot(value, path.key(key.getValue()), key.getStartMark());
    }

    Spot item(int index, Node value) {
        return new Spot(value, path.index(index), value.getStartMark());
    }

    /** Where to point when the value itself is wrong: a list or mapping is better known by its key. */
    Mark own() {
        return node instanceof ScalarNode ? node.getStartMark() : key;
    }

    boolean isText() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
    }

    boolean isEmpty() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** The characters of a scalar; empty for a list or a mapping. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** What stands here, as the first half of an error. */
    String found() {
        if (node instanceof MappingNode) {
            return "is a mapping";
        }
        if (node instanceof SequenceNode) {
            return "is a list";
        }
        return "%s is %s".formatted(Plain.quoted(text()), kind());
    }

    private String kind() {
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return "a number";
        }
        if (tag.equals(Tag.NULL)) {
            return "no value";
        }
        return tag.equals(Tag.BOOL) ? "a yes-or-no value" : "a text";
    }
}
