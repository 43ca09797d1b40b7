package io.meshwright.environment.reader;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A file over the bases that it extends, the later over the earlier, as one tree whose nodes know their files. */
public final class Layers {
    private static final String EXTENDS = "extends";
    private static final Set<String> OWN = Set.of("apiVersion", "kind", EXTENDS);
    private static final Set<String> KINDS = Set.of("Environment", "EnvironmentBase");

    private final Bases bases;
    private final Problems problems;

    Layers(Bases bases, Problems problems) {
        this.bases = bases;
        this.problems = problems;
    }

    /**
     * Returns the bases that a file extends, in its order, as it is written; empty where it cannot be read, of which
     * reading it tells.
     */
    public static List<String> asked(byte[] content) {
        Problems ignored = new Problems("");
        return StrictText.of(content, ignored)
                .filter(text -> text.contains(EXTENDS))
                .flatMap(text -> YamlTree.of("", text, ignored))
                .map(root -> entries(root)
                        .flatMap(Layers::items)
                        .map(ScalarNode::getValue)
                        .toList())
                .orElse(List.of());
    }

    /** The whole tree; empty where a problem was noted that leaves none. */
    Optional<Node> of(String file, byte[] content) {
        Optional<Node> whole = read(file, content).map(root -> over(file, root, List.of(file)));
        for (Overlay overlay : bases.overlays()) {
            whole = whole.map(root -> overlaid(root, overlay));
        }
        return whole;
    }

    private Node overlaid(Node root, Overlay overlay) {
        Optional<Node> written = read(overlay.text().name(), overlay.text().content());
        if (written.filter(node -> !(node instanceof MappingNode)).isPresent()) {
            problems.add(written.get().getStartMark(), KeyPath.root(), "is no mapping", "write a key and its value");
        }
        Node whole = root;
        for (NodeTuple tuple : written.map(Merge::tuples).orElse(List.of())) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            List<String> place = overlay.place().apply(key);
            Optional<Node> parent = Merge.value(root, place.subList(0, overlay.known()));
            if (parent.isPresent()) {
                whole = Merge.of(whole, Merge.at(place, tuple));
            } else {
                problems.add(
                        tuple.getKeyNode().getStartMark(),
                        KeyPath.root().key(key),
                        "there is no %s".formatted(Plain.quoted(key)),
                        "remove it, or use the name that stands in the file");
            }
        }
        return whole;
    }

    private Optional<Node> read(String file, byte[] content) {
        Problems own = new Problems(file);
        Optional<Node> root = StrictText.of(content, own).flatMap(text -> YamlTree.of(file, text, own));
        problems.addAll(own);
        return root;
    }

    private Node over(String file, Node root, List<String> way) {
        Optional<Node> below = Optional.empty();
        for (NodeTuple tuple : entries(root).toList()) {
            refuseOther(tuple.getValueNode());
            for (ScalarNode item : items(tuple).toList()) {
                Optional<Node> base = base(file, item, way);
                below = below.isPresent() && base.isPresent()
                        ? Optional.of(Merge.of(below.get(), base.get()))
                        : below.or(() -> base);
            }
        }
        Node own = entries(root).findAny().isPresent() ? Merge.without(root, Set.of(EXTENDS)) : root;
        return below.map(merged -> Merge.of(merged, own)).orElse(own);
    }

    /** The base without what is its own affair. */
    private Optional<Node> base(String file, ScalarNode asked, List<String> way) {
        Optional<SourceText> found = Optional.empty();
        try {
            found = bases.find(file, asked.getValue());
            if (found.isEmpty()) {
                refuse(asked, "names no file", "give the path of one from the folder of this file");
            }
        } catch (InvalidValue refusal) {
            refuse(asked, refusal.problem(), refusal.remedy());
        }
        if (found.map(SourceText::name).filter(way::contains).isPresent()) {
            refuse(asked, "leads back to this file", "take it out of one of: %s".formatted(String.join(", ", way)));
            return Optional.empty();
        }
        return found.flatMap(base -> read(base.name(), base.content()).map(root -> {
            refuseForeign(root);
            List<String> further = new ArrayList<>(way);
            further.add(base.name());
            return Merge.without(over(base.name(), root, further), OWN);
        }));
    }

    private void refuseForeign(Node root) {
        expect(root, "apiVersion", Set.of(MeshwrightNames.API_VERSION));
        expect(root, "kind", KINDS);
    }

    private void expect(Node root, String key, Set<String> words) {
        Optional<Node> value = Merge.value(root, key);
        String remedy =
                "write %s".formatted(String.join(" or ", words.stream().sorted().toList()));
        if (value.isEmpty()) {
            problems.add(root.getStartMark(), KeyPath.of(key), "is missing", remedy);
        } else if (!(value.get() instanceof ScalarNode scalar) || !words.contains(scalar.getValue())) {
            problems.add(value.get().getStartMark(), KeyPath.of(key), "is of no base", remedy);
        }
    }

    private void refuseOther(Node list) {
        boolean paths = list instanceof SequenceNode sequence
                && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance);
        if (!paths) {
            problems.add(list.getStartMark(), KeyPath.of(EXTENDS), "is no list of paths", "write [base.yaml]");
        }
    }

    private void refuse(ScalarNode asked, String problem, String remedy) {
        problems.add(
                asked.getStartMark(),
                KeyPath.of(EXTENDS),
                "%s %s".formatted(Plain.quoted(asked.getValue()), problem),
                remedy);
    }

    private static Stream<NodeTuple> entries(Node root) {
        return root instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(EXTENDS))
                : Stream.empty();
    }

    private static Stream<ScalarNode> items(NodeTuple tuple) {
        return tuple.getValueNode() instanceof SequenceNode sequence
                ? sequence.getValue().stream()
                        .filter(ScalarNode.class::isInstance)
                        .map(ScalarNode.class::cast)
                : Stream.empty();
    }
}
