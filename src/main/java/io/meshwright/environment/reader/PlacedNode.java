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
record PlacedNode(Node node, KeyPath path, Mark key) {
    static PlacedNode root(Node node) {
        return new PlacedNode(node, KeyPath.root(), node.getStartMark());
    }

    PlacedNode entry(ScalarNode key, Node value) {
        return new PlacedNode(value, path.key(key.getValue()), key.getStartMark());
    }

    PlacedNode item(int index, Node value) {
        return new PlacedNode(value, path.index(index), value.getStartMark());
    }

    /** The mark to point at when the value itself is wrong: a list or mapping is better known by its key. */
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

    /** Names the value that stands here, as the first half of an error. */
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
