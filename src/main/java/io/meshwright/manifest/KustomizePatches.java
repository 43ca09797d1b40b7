package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The patches of one kustomization, as files or in place, by a target or by what they name themselves. */
final class KustomizePatches {
    private final List<KustomizedObject> objects;
    private final Function<String, List<JsonNode>> files;

    /** {@code files} gives the documents of a file by its path as the kustomization writes it. */
    KustomizePatches(List<KustomizedObject> objects, Function<String, List<JsonNode>> files) {
        this.objects = objects;
        this.files = files;
    }

    void apply(JsonNode kustomization) {
        for (JsonNode entry : Fields.items(kustomization.path("patchesStrategicMerge"))) {
            texts(entry.asText("")).forEach(patch -> merge(patch, entry.path("target")));
        }
        for (JsonNode entry : Fields.items(kustomization.path("patches"))) {
            one(entry);
        }
        for (JsonNode entry : Fields.items(kustomization.path("patchesJson6902"))) {
            one(entry);
        }
    }

    private void one(JsonNode entry) {
        Stream<JsonNode> patches = Fields.text(entry.path("patch"))
                .map(KustomizePatches::documents)
                .orElseGet(() -> files.apply(entry.path("path").asText("")).stream());
        patches.forEach(patch -> {
            if (patch.isArray()) {
                objects.stream()
                        .filter(object -> isMeant(object, entry.path("target")))
                        .forEach(object -> json(object, patch));
            } else {
                merge(patch, entry.path("target"));
            }
        });
    }

    private static void json(KustomizedObject object, JsonNode patch) {
        ObjectNode changed = object.body().deepCopy();
        JsonPatch.apply(changed, patch);
        object.become(changed);
    }

    /** A patch in place is told from the path of a file by its lines. */
    private Stream<JsonNode> texts(String written) {
        return written.indexOf('\n') >= 0 ? documents(written) : files.apply(written).stream();
    }

    private static Stream<JsonNode> documents(String text) {
        return DocumentSplitter.documents("", text).stream()
                .flatMap(document -> document.roots(none -> {}).stream())
                .map(Document.Root::body)
                .filter(body -> !body.isNull());
    }

    private void merge(JsonNode patch, JsonNode target) {
        if (!patch.isObject()) {
            return;
        }
        List<KustomizedObject> meant = objects.stream()
                .filter(object -> target.isObject() ? isMeant(object, target) : isNamed(object, patch))
                .toList();
        for (KustomizedObject object : meant) {
            if (StrategicMerge.deletes(patch)) {
                objects.remove(object);
            } else {
                object.become(
                        new StrategicMerge(object.kind()).merge(object.body().deepCopy(), without(patch, target)));
            }
        }
    }

    /** Leaves out the name of a patch with a target, which counts for nothing. */
    private static JsonNode without(JsonNode patch, JsonNode target) {
        ObjectNode rest = patch.deepCopy();
        rest.remove(List.of("apiVersion", "kind"));
        if (rest.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("name");
            if (target.isObject()) {
                metadata.remove("namespace");
            }
        }
        return rest;
    }

    private static boolean isNamed(KustomizedObject object, JsonNode patch) {
        String namespace = patch.at("/metadata/namespace").asText("");
        return object.kind().name().equals(patch.path("kind").asText(""))
                && object.kind()
                        .group()
                        .equals(Kind.of(patch.path("apiVersion").asText(""), "").group())
                && object.isCalled(patch.at("/metadata/name").asText(""))
                && (namespace.isEmpty() || object.namespace().isEmpty() || namespace.equals(object.namespace()));
    }

    /** True if a target, or another selector of Kustomize, means the object. */
    static boolean isMeant(KustomizedObject object, JsonNode target) {
        return target.isObject()
                && fits(target.path("kind").asText(""), object.kind().name())
                && fits(target.path("group").asText(""), object.kind().group())
                && fits(target.path("namespace").asText(""), object.namespace())
                && (target.path("name").asText("").isEmpty()
                        || object.isCalled(target.path("name").asText(""))
                        || fits(target.path("name").asText(""), object.name()))
                && LabelRequirements.of(target.path("labelSelector").asText(""))
                        .areMetBy(Fields.strings(object.body().at("/metadata/labels")))
                && LabelRequirements.of(target.path("annotationSelector").asText(""))
                        .areMetBy(Fields.strings(object.body().at("/metadata/annotations")));
    }

    /** Targets are regular expressions for the whole text; nothing means anything. */
    private static boolean fits(String pattern, String text) {
        try {
            return pattern.isEmpty()
                    || Pattern.compile("(?:%s)".formatted(pattern))
                            .matcher(text)
                            .matches();
        } catch (PatternSyntaxException none) {
            return false;
        }
    }
}
