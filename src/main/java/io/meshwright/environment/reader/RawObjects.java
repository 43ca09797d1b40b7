package io.meshwright.environment.reader;

import io.meshwright.value.BesideFolder.RawObject;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the objects of one file of manifests as they are; whether they are right is for checks to say. */
final class RawObjects {
    private final Problems problems;
    private final FreeForm freeForm;

    private RawObjects(Problems problems) {
        this.problems = problems;
        this.freeForm = new FreeForm(problems);
    }

    /** The objects of a file; what makes it none is noted. */
    static List<RawObject> of(SourceText file, Problems problems) {
        Problems own = new Problems(file.name());
        RawObjects objects = new RawObjects(own);
        List<RawObject> found =
                StrictText.of(file.content(), own)
                        .map(text -> YamlTree.all(file.name(), text, own))
                        .orElse(List.of())
                        .stream()
                        .flatMap(root -> objects.object(file.name(), root).stream())
                        .toList();
        problems.addAll(own);
        return found;
    }

    @SuppressWarnings("unchecked") // a mapping becomes a map by its keys, which are texts
    private Optional<RawObject> object(String file, Node root) {
        int before = problems.noted();
        PlacedNode placed = PlacedNode.root(root);
        if (!(root instanceof MappingNode)) {
            problems.add(placed, placed.found(), "write one object of Kubernetes");
            return Optional.empty();
        }
        Object content = value(placed);
        if (problems.noted() > before) {
            return Optional.empty();
        }
        RawObject object = new RawObject(
                "%s:%d".formatted(file, root.getStartMark().getLine() + 1), (Map<String, Object>) content);
        return named(object, root) ? Optional.of(object) : Optional.empty();
    }

    private boolean named(RawObject object, Node root) {
        int before = problems.noted();
        for (String key : List.of("apiVersion", "kind")) {
            require(root, object.content().get(key) instanceof String, key, "is missing", "add it");
        }
        boolean many = object.kind().endsWith("List") && object.content().get("items") instanceof List<?>;
        require(root, !many, "kind", "is a list of objects", "write each as a document of its own, with --- between");
        require(
                root,
                many || !object.metadata("name").isEmpty(),
                "metadata.name",
                "is missing",
                object.kind().equals("Kustomization")
                        ? "write what kustomize build prints; kustomize is not run here"
                        : "give the object a name that stays");
        return problems.noted() == before;
    }

    private void require(Node root, boolean holds, String key, String problem, String remedy) {
        if (!holds) {
            problems.add(root.getStartMark(), KeyPath.of(key), problem, remedy);
        }
    }

    private @Nullable Object value(PlacedNode placed) {
        if (placed.node() instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                Object value = value(placed.item(list.size(), item));
                if (value != null) {
                    list.add(value);
                }
            }
            return list;
        }
        if (placed.node() instanceof MappingNode) {
            Map<String, Object> map = new LinkedHashMap<>();
            Entries.of(placed, problems).values().forEach(entry -> {
                Object value = value(entry.value());
                if (value != null) {
                    map.put(entry.key().text(), value);
                }
            });
            return map;
        }
        return placed.node().getTag().equals(Tag.NULL)
                ? null
                : freeForm.bind(placed).orElse(null);
    }
}
