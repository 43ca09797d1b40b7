package io.meshwright.environment.reader;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file as it was read: its name as messages call it, and its bytes; with the files beside it that its keys name,
 * found without reading them, because they are part of what it says.
 */
public final class SourceText {
    private static final Set<String> MAPS_OF_FILES = Set.of("files", "data");
    private static final String PAGES = "errorPages";
    private static final String BINARIES = "binaryData";
    private static final List<String> PATHS = List.of("from", "binary");
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

    /** Paths of files, as they are written; none where the file cannot be read, of which reading it tells. */
    public List<String> files() {
        return root(PATHS).stream().flatMap(SourceText::below).distinct().toList();
    }

    /** Paths of folders of manifests, as they are written. */
    public List<String> folders() {
        return root(List.of(MANIFESTS)).flatMap(root -> Merge.value(root, MANIFESTS)).stream()
                .filter(SequenceNode.class::isInstance)
                .flatMap(list -> ((SequenceNode) list).getValue().stream())
                .flatMap(item -> item instanceof ScalarNode ? Stream.of(item) : Merge.value(item, PATH).stream())
                .filter(ScalarNode.class::isInstance)
                .map(path -> ((ScalarNode) path).getValue())
                .distinct()
                .toList();
    }

    private Optional<Node> root(List<String> words) {
        Problems ignored = new Problems("");
        return StrictText.of(content, ignored)
                .filter(text -> words.stream().anyMatch(text::contains))
                .flatMap(text -> YamlTree.of("", text, ignored));
    }

    private static Stream<String> below(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().flatMap(SourceText::below);
        }
        return Merge.tuples(node).stream()
                .flatMap(tuple -> Stream.concat(
                        named(Merge.key(tuple).orElse(""), tuple.getValueNode()), below(tuple.getValueNode())));
    }

    /** The paths that stand in the value of this key. */
    private static Stream<String> named(String key, Node value) {
        if (key.equals(BINARIES)) {
            return Merge.tuples(value).stream().flatMap(tuple -> text(tuple.getValueNode()));
        }
        Stream<Node> files = MAPS_OF_FILES.contains(key)
                ? Merge.tuples(value).stream().map(NodeTuple::getValueNode)
                : key.equals(PAGES) && value instanceof SequenceNode pages ? pages.getValue().stream() : Stream.of();
        return files.flatMap(file ->
                PATHS.stream().flatMap(path -> Merge.value(file, path).stream()).flatMap(SourceText::text));
    }

    private static Stream<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Stream.of(scalar.getValue()) : Stream.of();
    }
}
