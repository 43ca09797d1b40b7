package io.meshwright.draft;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The file of one environment as that of another one: names are changed where they stand, comments and order stay. */
public final class CopiedEnvironment {
    /** Keys that another environment has too: servers outside, images, who is told, and where manifests are. */
    private static final Pattern SHARED =
            Pattern.compile("externals\\..*|delivery\\.repository|.*\\.image|.*[eE]mail|extends.*|apiVersion|kind");

    private final String text;
    private final Names names;
    private final List<Edit> edits = new ArrayList<>();

    private CopiedEnvironment(String text, Names names) {
        this.text = text;
        this.names = names;
    }

    /**
     * The names that change.
     *
     * @param from the name of the environment that is copied
     * @param to the name of the new one
     * @param cluster the name of its cluster
     * @param domains new domain by old: each host that is the old one, or below it, has the new one
     * @param oldAddress of the gateway, if it has one
     * @param address of the new gateway
     */
    public record Names(
            String from,
            String to,
            String cluster,
            Map<String, String> domains,
            @Nullable String oldAddress,
            @Nullable String address) {}

    private record Edit(int start, int end, String text) {}

    /** The text of the new file. */
    public static String of(String text, Names names) {
        CopiedEnvironment copy = new CopiedEnvironment(text, names);
        copy.walk(new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text)), "");
        StringBuilder copied = new StringBuilder(text);
        copy.edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).reversed())
                .forEach(edit -> copied.replace(edit.start(), edit.end(), edit.text()));
        return copied.toString();
    }

    private void walk(Node node, String path) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    String below = path.isEmpty() ? key.getValue() : "%s.%s".formatted(path, key.getValue());
                    if (!SHARED.matcher(below).matches()) {
                        edit(key, hosts(key.getValue()));
                    }
                    walk(entry.getValueNode(), below);
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> walk(item, path));
        } else if (node instanceof ScalarNode scalar && !SHARED.matcher(path).matches()) {
            edit(scalar, changed(path, scalar.getValue()));
        }
    }

    private String changed(String path, String value) {
        return switch (path) {
            case "metadata.name" -> names.to();
            case "cluster.name" -> names.cluster();
            case "delivery.path" ->
                value.replaceAll("(?<=^|/)%s(?=$|/)".formatted(Pattern.quote(names.from())), names.to());
            default -> hosts(addressed(path, value));
        };
    }

    /** The gateway's address, and the pool that it comes from. */
    private String addressed(String path, String value) {
        String old = names.oldAddress();
        boolean itself = path.equals("gateway.address") || path.startsWith("cluster.platform.pools");
        return old == null || names.address() == null || !itself
                ? value
                : value.replaceAll("(?<![\\w.:])%s(?![\\w.:])".formatted(Pattern.quote(old)), names.address());
    }

    private String hosts(String value) {
        String changed = value;
        for (Map.Entry<String, String> domain : names.domains().entrySet()) {
            changed = changed.replaceAll(
                    "(?<![\\w@-])%s(?![\\w.-]*[\\w])".formatted(Pattern.quote(domain.getKey())),
                    Matcher.quoteReplacement(domain.getValue()));
            if (!changed.equals(value)) {
                return changed; // not once more by a domain that the new name ends with
            }
        }
        return changed;
    }

    private void edit(ScalarNode node, String changed) {
        if (!changed.equals(node.getValue())) {
            int start = text.offsetByCodePoints(0, node.getStartMark().getIndex());
            int end = text.offsetByCodePoints(0, node.getEndMark().getIndex());
            String written = text.substring(start, end);
            edits.add(new Edit(start, end, written.replace(node.getValue(), changed)));
        }
    }
}
