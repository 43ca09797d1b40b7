package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes of the objects in the files of kustomizations what Kustomize makes of them, as far as its common transformers
 * go: namespace, namePrefix, nameSuffix, labels, annotations, patches, components and replacements. No program is
 * started and nothing is fetched; helm charts, plugins, generators and remote bases add what is not seen here.
 */
public final class KustomizeBuild {
    /** Under this key a kustomization tells the files of its patches that were not read. */
    public static final String MISSING = "missing";

    private static final List<String> READ = List.of("resources", "bases");
    /** Deeper, and more resources, than anybody's kustomizations have. */
    private static final int DEEPEST = 100;

    private static final int MOST = 20_000;

    private final List<Manifest> own = new ArrayList<>();
    private final Map<String, Manifest> kustomizations = new TreeMap<>();
    private final Map<String, List<Manifest>> objects = new TreeMap<>();
    private final Function<String, List<JsonNode>> documents;
    private final Set<String> reading = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    // By identity, and never walked: only looked up.
    private final Map<Manifest, List<JsonNode>> undone = new IdentityHashMap<>();
    private int resources;

    /** {@code documents} gives the documents of a file by its normal path, none for one that was not read. */
    KustomizeBuild(Collection<Manifest> manifests, Function<String, List<JsonNode>> documents) {
        this.documents = documents;
        for (Manifest manifest : manifests) {
            String file = normal(manifest.place().file());
            if (manifest.kind().group().equals(Kustomizations.GROUP)) {
                own.add(manifest);
                kustomizations.putIfAbsent(normal(file.concat("/..")), manifest);
            } else {
                objects.computeIfAbsent(file, none -> new ArrayList<>()).add(manifest);
            }
        }
    }

    /** All objects: those that kustomizations read as these leave them, each as often as one builds it. */
    Variants variants(List<Unreadable> unreadable) {
        Set<String> used = new TreeSet<>();
        kustomizations.forEach(
                (folder, kustomization) -> references(folder, kustomization).forEach(used::add));
        List<Variants.Built> built = kustomizations.entrySet().stream()
                .filter(entry -> !used.contains(entry.getKey())
                        && !entry.getValue().kind().name().equals("Component"))
                .flatMap(entry -> layer(entry.getKey(), entry.getValue(), new ArrayList<>()).stream()
                        .map(object -> new Variants.Built(
                                entry.getKey(), object.changed().builtIn(entry.getKey()))))
                .toList();
        List<Manifest> written = new ArrayList<>(
                own.stream().map(this::withMissing).map(this::withUndone).toList());
        objects.entrySet().stream()
                .filter(entry -> !read.contains(entry.getKey()))
                .forEach(entry -> written.addAll(entry.getValue()));
        return DeliveredNamespaces.place(written, built, unreadable);
    }

    private Stream<String> references(String folder, Manifest kustomization) {
        return Stream.of("resources", "bases", "components")
                .flatMap(list -> kustomization.texts("/".concat(list)).stream())
                .map(path -> normal("%s/%s".formatted(folder, path)));
    }

    /** The objects that a kustomization reads and changes, behind those that are there already. */
    private List<KustomizedObject> layer(String folder, Manifest kustomization, List<KustomizedObject> there) {
        if (reading.size() >= DEEPEST || !reading.add(folder)) {
            return there;
        }
        List<KustomizedObject> all = new ArrayList<>(there);
        READ.stream()
                .flatMap(list -> kustomization.texts("/".concat(list)).stream())
                .map(path -> normal("%s/%s".formatted(folder, path)))
                .forEach(path -> all.addAll(resource(path)));
        for (String path : kustomization.texts("/components")) {
            String component = normal("%s/%s".formatted(folder, path));
            Optional.ofNullable(kustomizations.get(component)).ifPresent(found -> {
                List<KustomizedObject> changed = layer(component, found, all);
                all.clear();
                all.addAll(changed);
            });
        }
        transform(folder, kustomization, all);
        reading.remove(folder);
        return all;
    }

    private List<KustomizedObject> resource(String path) {
        Manifest kustomization = kustomizations.get(path);
        read.add(path);
        if (resources++ >= MOST) {
            return List.of();
        }
        return kustomization != null
                ? layer(path, kustomization, new ArrayList<>())
                : objects.getOrDefault(path, List.of()).stream()
                        .flatMap(KustomizedObject::of)
                        .toList();
    }

    private void transform(String folder, Manifest kustomization, List<KustomizedObject> all) {
        JsonNode body = kustomization.body();
        Function<String, List<JsonNode>> beside = path -> documents.apply(normal("%s/%s".formatted(folder, path)));
        new KustomizePatches(all, beside).apply(body);
        kustomization.text("/namespace").ifPresent(namespace -> KustomizeNames.namespace(all, namespace));
        String prefix = body.path("namePrefix").asText("");
        String suffix = body.path("nameSuffix").asText("");
        if (!prefix.isEmpty() || !suffix.isEmpty()) {
            KustomizeNames.rename(all, prefix, suffix);
        }
        Map<String, String> common = Fields.strings(body.path("commonLabels"));
        Map<String, String> annotations = Fields.strings(body.path("commonAnnotations"));
        for (KustomizedObject object : all) {
            if (!common.isEmpty()) {
                KustomizeLabels.label(object, common, true, true);
            }
            for (JsonNode labels : Fields.items(body.path("labels"))) {
                KustomizeLabels.label(
                        object,
                        Fields.strings(labels.path("pairs")),
                        labels.path("includeSelectors").asBoolean(false),
                        labels.path("includeTemplates").asBoolean(false));
            }
            if (!annotations.isEmpty()) {
                KustomizeLabels.annotate(object, annotations);
            }
        }
        GeneratedValues.of(body, beside).into(all);
        if (body.has("replacements")) {
            undone.merge(
                    kustomization,
                    new KustomizeReplacements(all, beside).apply(body),
                    (one, other) -> one.size() >= other.size() ? one : other);
        }
    }

    /** A kustomization with the replacements alone that could not be made here. */
    private Manifest withUndone(Manifest kustomization) {
        return Optional.ofNullable(undone.get(kustomization))
                .map(left -> {
                    ObjectNode body = kustomization.body().deepCopy();
                    body.putArray("replacements").addAll(left);
                    return kustomization.saying(body);
                })
                .orElse(kustomization);
    }

    /** A kustomization that names what was not read besides, such as a patch that is made before it is applied. */
    private Manifest withMissing(Manifest kustomization) {
        String folder = kustomization.folder();
        List<String> missing = Stream.of("patches", "patchesStrategicMerge", "patchesJson6902")
                .flatMap(list -> Fields.items(kustomization.body().path(list)).stream())
                .flatMap(entry -> Fields.text(entry.isTextual() ? entry : entry.path("path")).stream())
                .filter(path -> path.indexOf('\n') < 0
                        && documents
                                .apply(normal("%s/%s".formatted(folder, path)))
                                .isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return kustomization;
        }
        ObjectNode body = kustomization.body().deepCopy();
        missing.forEach(body.putArray(MISSING)::add);
        return kustomization.saying(body);
    }

    static String normal(String path) {
        try {
            return Path.of(path).normalize().toString();
        } catch (InvalidPathException none) {
            return path;
        }
    }

    /**
     * The files that become ConfigMaps, as far as HelmReleases of Flux take their values from them: these get the
     * values themselves, since the ConfigMap has a name with a hash and holds but a text.
     */
    private record GeneratedValues(Map<String, Map<String, JsonNode>> byName) {
        private static final String USUAL_KEY = "values.yaml";

        static GeneratedValues of(JsonNode kustomization, Function<String, List<JsonNode>> files) {
            Map<String, Map<String, JsonNode>> byName = new TreeMap<>();
            for (JsonNode generator : Fields.items(kustomization.path("configMapGenerator"))) {
                Map<String, JsonNode> data = new TreeMap<>();
                for (String file : Fields.texts(generator.path("files"))) {
                    String path = file.substring(file.indexOf('=') + 1);
                    String key = file.indexOf('=') < 0
                            ? path.substring(path.lastIndexOf('/') + 1)
                            : file.substring(0, file.indexOf('='));
                    List<JsonNode> documents = files.apply(path);
                    if (documents.size() == 1 && documents.get(0).isObject()) {
                        data.put(key, documents.get(0));
                    }
                }
                byName.put(generator.path("name").asText(""), data);
            }
            return new GeneratedValues(byName);
        }

        void into(List<KustomizedObject> objects) {
            objects.stream()
                    .filter(object -> !byName.isEmpty() && object.kind().equals(Kind.FLUX_RELEASE))
                    .filter(object -> object.body().path("spec") instanceof ObjectNode)
                    .forEach(release -> values(KustomizedObject.child(release.body(), "spec")));
        }

        /** From the last source on, which counts most after the release itself, to the first that is none of these. */
        private void values(ObjectNode spec) {
            while (spec.path("valuesFrom") instanceof ArrayNode sources && !sources.isEmpty()) {
                Optional<JsonNode> given = given(sources.path(sources.size() - 1));
                if (given.isEmpty()) {
                    return;
                }
                fill(KustomizedObject.child(spec, "values"), given.get());
                sources.remove(sources.size() - 1);
            }
        }

        private Optional<JsonNode> given(JsonNode source) {
            return source.path("kind").asText("").equals("ConfigMap")
                            && source.path("targetPath").isMissingNode()
                    ? Optional.ofNullable(
                            byName.getOrDefault(source.path("name").asText(""), Map.of())
                                    .get(source.path("valuesKey").asText(USUAL_KEY)))
                    : Optional.empty();
        }
    }

    /** Adds what is not there; mappings are filled in turn. */
    static void fill(ObjectNode values, JsonNode from) {
        from.properties().forEach(field -> {
            JsonNode there = values.get(field.getKey());
            if (there == null) {
                values.set(field.getKey(), field.getValue().deepCopy());
            } else if (there instanceof ObjectNode below && field.getValue().isObject()) {
                fill(below, field.getValue());
            }
        });
    }
}
