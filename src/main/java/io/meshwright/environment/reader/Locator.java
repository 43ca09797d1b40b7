package io.meshwright.environment.reader;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Follows a written path down the YAML as far as it goes: what is missing is shown where it would have to be added. */
final class Locator {
    private Locator() {}

    /** Puts a refusal, whose key is a path below {@code owner}, at the nearest place that the file has. */
    static void report(Problems problems, PlacedNode owner, InvalidValue refusal) {
        KeyPath path = owner.path().then(refusal.key());
        Mark mark = refusal.key().isEmpty()
                ? owner.own()
                : nearest(owner, refusal.key()).key();
        problems.add(mark, path, refusal.problem(), refusal.remedy());
    }

    /** True if the path leads to a node of its own. */
    static boolean stands(PlacedNode root, String path) {
        return nearest(root, path).path().text().equals(path);
    }

    private static PlacedNode nearest(PlacedNode placed, String path) {
        String rest = path.startsWith(".") ? path.substring(1) : path;
        String step = "";
        PlacedNode next = null;
        for (Map.Entry<String, PlacedNode> child : children(placed).entrySet()) {
            if (child.getKey().length() > step.length() && leads(child.getKey(), rest)) {
                step = child.getKey();
                next = child.getValue();
            }
        }
        return next == null ? placed : nearest(next, rest.substring(step.length()));
    }

    private static boolean leads(String step, String path) {
        return path.startsWith(step)
                && (path.length() == step.length() || ".[".indexOf(path.charAt(step.length())) >= 0);
    }

    /** By the text that leads to them; a key with a dot may be written as it is or in brackets. */
    private static Map<String, PlacedNode> children(PlacedNode placed) {
        Map<String, PlacedNode> children = new LinkedHashMap<>();
        if (placed.node() instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue();
            for (int i = 0; i < items.size(); i++) {
                children.put(KeyPath.root().index(i).text(), placed.item(i, items.get(i)));
            }
        } else if (placed.node() instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    PlacedNode child = placed.entry(key, tuple.getValueNode());
                    children.putIfAbsent(key.getValue(), child);
                    children.putIfAbsent(KeyPath.root().key(key.getValue()).text(), child);
                }
            }
        }
        return children;
    }
}
