package io.meshwright.environment.reader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file as it was read: its name as messages call it, and its bytes; with the files beside it that its keys name,
 * found without reading them, because they are part of what it says.
 */
public final class SourceText {
    private static final String FILES = "files";
    private static final String FROM = "from";
    private static final String MANIFESTS = "manifests";
    private static final String PATH = "path";

    private final String name;
    private final byte[] content;

    private SourceText(String name, byte[] content) {
        this.name = name;
        this.content = content.clone();
    }

    public static SourceText of(String name, byte[] content) {
        return new SourceText(name, content);
    }

    public String name() {
        return name;
    }

    public byte[] content() {
        return content.clone();
    }

    /** Paths of text files, as they are written; none where the file cannot be read, of which reading it tells. */
    public List<String> files() {
        return root(FILES).stream().flatMap(SourceText::below).distinct().toList();
    }

    /** Paths of folders of manifests, as they are written. */
    public List<String> folders() {
        return root(MANIFESTS).flatMap(root -> Merge.value(root, MANIFESTS)).stream()
                .filter(SequenceNode.class::isInstance)
                .flatMap(list -> ((SequenceNode) list).getValue().stream())
                .flatMap(item -> item instanceof ScalarNode ? Stream.of(item) : Merge.value(item, PATH).stream())
                .filter(ScalarNode.class::isInstance)
                .map(path -> ((ScalarNode) path).getValue())
                .distinct()
                .toList();
    }

    private Optional<Node> root(String word) {
        Problems ignored = new Problems("");
        return StrictText.of(content, ignored)
                .filter(text -> text.contains(word))
                .flatMap(text -> YamlTree.of("", text, ignored));
    }

    private static Stream<String> below(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().flatMap(SourceText::below);
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
