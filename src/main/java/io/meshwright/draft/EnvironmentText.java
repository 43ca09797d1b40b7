package io.meshwright.draft;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The text of an environment file, in which single values change; comments, order and all other lines stay. */
public record EnvironmentText(String text) {
    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");
    private static final Pattern NEEDS_QUOTES = Pattern.compile(".*[,\\[\\]{}#:\"'\\\\].*");

    /** True if this file itself says something at a key, and no base of it. */
    public boolean has(KeyPath key) {
        return found(key).missing().isEmpty();
    }

    /**
     * The same with one value, where it stands or where it belongs.
     *
     * @param value as YAML
     * @throws InvalidValue at the key, where it cannot be written without touching something else
     */
    public EnvironmentText with(KeyPath key, String value) {
        Found found = found(key);
        if (!found.missing().isEmpty()) {
            return inserted(key, found, value);
        }
        if (!(found.node() instanceof ScalarNode) && !isOneLine(found.node())) {
            throw new InvalidValue(key, "is not written in one piece", "change it by hand");
        }
        return replaced(start(found.node()), end(found.node()), value);
    }

    /** A list between brackets on one line, in which no comment can stand. */
    private boolean isOneLine(Node node) {
        return node instanceof SequenceNode list
                && list.getFlowStyle() == FlowStyle.FLOW
                && text.substring(start(node), end(node)).indexOf('\n') < 0;
    }

    /**
     * The same with a copy of a mapping under another key, which this file does not have yet.
     *
     * @throws InvalidValue where the copy cannot be written there
     */
    public EnvironmentText copied(KeyPath from, KeyPath to) {
        return inserted(to, found(to), flow(found(from).node()));
    }

    private record Found(Node node, List<String> missing) {}

    private Found found(KeyPath key) {
        Matcher matcher = STEP.matcher(key.text());
        List<String> steps =
                new ArrayList<>(matcher.results().map(step -> step.group()).toList());
        Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
        while (!steps.isEmpty()) {
            Node next = below(node, steps.get(0));
            if (next == null) {
                return new Found(node, steps);
            }
            node = next;
            steps.remove(0);
        }
        return new Found(node, steps);
    }

    private static @Nullable Node below(Node node, String step) {
        if (node instanceof SequenceNode list && step.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(step);
            return index < list.getValue().size() ? list.getValue().get(index) : null;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step)) {
                    return entry.getValueNode();
                }
            }
        }
        return null;
    }

    private EnvironmentText inserted(KeyPath key, Found found, String value) {
        if (!(found.node() instanceof MappingNode mapping)
                || found.missing().stream().anyMatch(step -> step.matches("[0-9]+"))) {
            throw new InvalidValue(key, "is not written in this file", "change it by hand where it is");
        }
        String entry = entry(found.missing(), value);
        List<NodeTuple> entries = mapping.getValue();
        if (entries.isEmpty()) {
            return replaced(start(mapping), end(mapping), "{%s}".formatted(entry));
        }
        Node last = entries.get(entries.size() - 1).getValueNode();
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return replaced(end(last), end(last), ", ".concat(entry));
        }
        int line = text.indexOf('\n', lastSign(entries.get(entries.size() - 1)));
        int at = line < 0 ? text.length() : line;
        int indent = entries.get(0).getKeyNode().getStartMark().getColumn();
        return replaced(at, at, "\n%s%s".formatted(" ".repeat(indent), entry));
    }

    /** {@code resilience: {timeout: 2s}} for two keys that are not there. */
    private static String entry(List<String> keys, String value) {
        String text = value;
        for (int i = keys.size() - 1; i > 0; i--) {
            text = "{%s: %s}".formatted(keys.get(i), text);
        }
        return "%s: %s".formatted(keys.get(0), text);
    }

    /** A sign on the last line of an entry; comments and blank lines behind it belong to what follows. */
    private int lastSign(NodeTuple entry) {
        Node value = entry.getValueNode();
        if (value instanceof MappingNode mapping && isBlock(mapping)) {
            return lastSign(mapping.getValue().get(mapping.getValue().size() - 1));
        }
        if (value instanceof SequenceNode list && isBlock(list)) {
            Node item = list.getValue().get(list.getValue().size() - 1);
            return lastSign(new NodeTuple(entry.getKeyNode(), item));
        }
        boolean empty = value instanceof ScalarNode scalar && scalar.getValue().isEmpty() && start(value) == end(value);
        int end = empty ? end(entry.getKeyNode()) : end(value);
        boolean whole = value instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        while (whole && end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isBlock(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.BLOCK && !node.getValue().isEmpty();
    }

    private String flow(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .map(entry -> "%s: %s".formatted(flow(entry.getKeyNode()), flow(entry.getValueNode())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(this::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN
                && !NEEDS_QUOTES.matcher(scalar.getValue()).matches();
        return plain
                ? scalar.getValue()
                : "\"%s\""
                        .formatted(scalar.getValue()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n"));
    }

    private EnvironmentText replaced(int start, int end, String by) {
        return new EnvironmentText(text.substring(0, start) + by + text.substring(end));
    }

    private int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    private int end(Node node) {
        return text.offsetByCodePoints(0, node.getEndMark().getIndex());
    }
}
