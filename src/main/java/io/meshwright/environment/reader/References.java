package io.meshwright.environment.reader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The files beside it that a file names in its keys, found without reading them: they are part of its content. */
public final class References {
    private static final String FILES = "files";
    private static final String FROM = "from";
    private static final String MANIFESTS = "manifests";
    private static final String PATH = "path";

    private References() {}

    /** Paths of text files, as they are written; none where the file cannot be read, of which reading it tells. */
    public static List<String> files(byte[] content) {
        return root(content, FILES).stream()
                .flatMap(References::below)
                .distinct()
                .toList();
    }

    /** Paths of folders of manifests, as they are written. */
    public static List<String> folders(byte[] content) {
        return root(content, MANIFESTS).flatMap(root -> Merge.value(root, MANIFESTS)).stream()
                .filter(SequenceNode.class::isInstance)
                .flatMap(list -> ((SequenceNode) list).getValue().stream())
                .flatMap(item -> item instanceof ScalarNode ? Stream.of(item) : Merge.value(item, PATH).stream())
                .filter(ScalarNode.class::isInstance)
                .map(path -> ((ScalarNode) path).getValue())
                .distinct()
                .toList();
    }

    private static Optional<Node> root(byte[] content, String word) {
        Problems ignored = new Problems("");
        return StrictText.of(content, ignored)
                .filter(text -> text.contains(word))
                .flatMap(text -> YamlTree.of("", text, ignored));
    }

    private static Stream<String> below(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().flatMap(References::below);
        }
        Stream<String> own = Merge.value(node, FILES).stream()
                .flatMap(files -> Merge.tuples(files).stream())
                .flatMap(file -> Merge.value(file.getValueNode(), FROM).stream())
                .filter(ScalarNode.class::isInstance)
                .map(from -> ((ScalarNode) from).getValue());
        return node instanceof MappingNode
                ? Stream.concat(own, Merge.tuples(node).stream().flatMap(tuple -> below(tuple.getValueNode())))
                : own;
    }
}
