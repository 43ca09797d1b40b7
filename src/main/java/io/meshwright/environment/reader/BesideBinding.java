package io.meshwright.environment.reader;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import io.meshwright.value.delivery.BesideBinary;
import io.meshwright.value.delivery.BesideFile;
import io.meshwright.value.delivery.BesideFolder;
import io.meshwright.value.delivery.BesideFolder.RawObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes a path what stands in its file or folder, which lies beside the file that names it. */
final class BesideBinding {
    private static final String NO_TEXT =
            "save the file as UTF-8; files and configMaps take one that is no text by binary and binaryData";

    private final Bases bases;
    private final Problems problems;
    private final Scalars scalars;

    BesideBinding(Bases bases, Problems problems) {
        this.bases = bases;
        this.problems = problems;
        this.scalars = new Scalars(problems);
    }

    Optional<BesideFile> file(PlacedNode placed) {
        return asked(placed, bases::find, "names no file").flatMap(this::text);
    }

    Optional<BesideBinary> binary(PlacedNode placed) {
        return asked(placed, bases::find, "names no file")
                .map(file -> new BesideBinary(Base64.getEncoder().encodeToString(file.content())));
    }

    Optional<BesideFolder> folder(PlacedNode placed) {
        Optional<List<SourceText>> files = asked(placed, bases::folder, "names no folder");
        if (files.filter(List::isEmpty).isPresent()) {
            refuse(placed, placed.text(), "holds no manifest", "put files that end in .yaml there, or remove it");
            return Optional.empty();
        }
        int before = problems.noted();
        List<RawObject> objects = new ArrayList<>();
        files.orElse(List.of()).forEach(file -> objects.addAll(RawObjects.of(file, problems)));
        return files.filter(all -> problems.noted() == before).map(all -> new BesideFolder(placed.text(), objects));
    }

    private <T> Optional<T> asked(PlacedNode placed, BiFunction<String, String, Optional<T>> find, String missing) {
        Optional<String> path = scalars.text(placed);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<T> found = find.apply(placed.node().getStartMark().getName(), path.get());
            if (found.isEmpty()) {
                refuse(placed, path.get(), missing, "give the path of one from the folder of this file");
            }
            return found;
        } catch (InvalidValue refusal) {
            refuse(placed, path.get(), refusal.problem(), refusal.remedy());
            return Optional.empty();
        }
    }

    private void refuse(PlacedNode placed, String path, String problem, String remedy) {
        problems.add(placed, "%s %s".formatted(Plain.quoted(path), problem), remedy);
    }

    private Optional<BesideFile> text(SourceText source) {
        Problems own = new Problems(source.name());
        Optional<BesideFile> text =
                StrictText.of(source.content(), own, NO_TEXT).map(BesideFile::new);
        problems.addAll(own);
        return text;
    }

    /** Reads the objects of one file of manifests as they are; whether they are right is for checks to say. */
    private static final class RawObjects {
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
            List<RawObject> found = StrictText.of(file.content(), own)
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
            if (problems.noted() > before || content == null) {
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
            require(
                    root,
                    !many,
                    "kind",
                    "is a list of objects",
                    "write each as a document of its own, with --- between");
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
}
