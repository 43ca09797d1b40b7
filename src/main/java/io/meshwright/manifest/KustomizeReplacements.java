package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The replacements of one kustomization: values of one object, or of literals of a configMapGenerator, in fields of
 * others (kustomize api/filters/replacement).
 */
final class KustomizeReplacements {
    private static final String USUAL_PATH = "metadata.name";
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

    private final List<KustomizedObject> objects;
    private final Function<String, List<JsonNode>> files;

    /** {@code files} gives the documents of a file by its path as the kustomization writes it. */
    KustomizeReplacements(List<KustomizedObject> objects, Function<String, List<JsonNode>> files) {
        this.objects = objects;
        this.files = files;
    }

    /** Applies those that can be; the others are given back, since what they write is not known. */
    List<JsonNode> apply(JsonNode kustomization) {
        List<JsonNode> left = new ArrayList<>();
        for (JsonNode entry : Fields.items(kustomization.path("replacements"))) {
            List<JsonNode> written = entry.has("path")
                    ? files.apply(entry.path("path").asText("")).stream()
                            .flatMap(document ->
                                    document.isArray() ? Fields.items(document).stream() : Stream.of(document))
                            .toList()
                    : List.of(entry);
            boolean whole = !written.isEmpty();
            for (JsonNode replacement : written) {
                whole &= replace(replacement, kustomization);
            }
            if (!whole) {
                left.add(entry);
            }
        }
        return left;
    }

    private boolean replace(JsonNode replacement, JsonNode kustomization) {
        Optional<JsonNode> value = value(replacement, kustomization);
        value.ifPresent(found -> Fields.items(replacement.path("targets"))
                .forEach(target -> objects.stream()
                        .filter(object -> isMeant(object, target))
                        .forEach(object -> write(object, target, found))));
        return value.isPresent();
    }

    private Optional<JsonNode> value(JsonNode replacement, JsonNode kustomization) {
        if (replacement.path("sourceValue").isValueNode()) {
            return Optional.of(replacement.path("sourceValue"));
        }
        JsonNode source = replacement.path("source");
        List<ObjectNode> found = Stream.concat(
                        objects.stream()
                                .filter(object -> isSource(object, source))
                                .map(KustomizedObject::body),
                        generated(kustomization, source))
                .toList();
        // Kustomize refuses more than one.
        return found.size() != 1
                ? Optional.empty()
                : KustomizePath.of(source.path("fieldPath").asText(USUAL_PATH))
                        .slots(found.get(0), false)
                        .findFirst()
                        .flatMap(slot -> part(slot.value(), source.path("options")));
    }

    /** A source is meant by its whole name, a target by regular expressions. */
    private static boolean isSource(KustomizedObject object, JsonNode source) {
        return isSame(source.path("kind"), object.kind().name())
                && isSame(source.path("group"), object.kind().group())
                && isSame(source.path("namespace"), object.namespace())
                && (!source.has("name") || object.isCalled(source.path("name").asText("")));
    }

    private static boolean isSame(JsonNode wanted, String text) {
        return wanted.asText("").isEmpty() || wanted.asText("").equals(text);
    }

    private static Stream<ObjectNode> generated(JsonNode kustomization, JsonNode source) {
        return Fields.items(kustomization.path("configMapGenerator")).stream()
                .filter(generator -> source.path("kind").asText("").equals("ConfigMap")
                        && generator
                                .path("name")
                                .asText("")
                                .equals(source.path("name").asText("")))
                .filter(generator -> !Fields.items(generator.path("literals")).isEmpty())
                .map(generator -> {
                    ObjectNode made = JsonNodeFactory.instance.objectNode();
                    ObjectNode data = made.putObject("data");
                    Fields.texts(generator.path("literals")).stream()
                            .map(literal -> literal.split("=", 2))
                            .filter(pair -> pair.length == 2)
                            .forEach(pair -> data.put(pair[0], pair[1].replaceAll("^([\"'])(.*)\\1$", "$2")));
                    return made;
                });
    }

    private static Optional<JsonNode> part(JsonNode value, JsonNode options) {
        String delimiter = options.path("delimiter").asText("");
        if (delimiter.isEmpty()) {
            return Optional.of(value);
        }
        String[] parts = value.asText("").split(Pattern.quote(delimiter), -1);
        int index = options.path("index").asInt(0);
        return index >= 0 && index < parts.length ? Optional.of(new TextNode(parts[index])) : Optional.empty();
    }

    private static boolean isMeant(KustomizedObject object, JsonNode target) {
        return KustomizePatches.isMeant(object, target.path("select"))
                && Fields.items(target.path("reject")).stream()
                        .noneMatch(reject -> KustomizePatches.isMeant(object, reject));
    }

    private static void write(KustomizedObject object, JsonNode target, JsonNode value) {
        JsonNode options = target.path("options");
        List<String> paths = Fields.texts(target.path("fieldPaths"));
        ObjectNode changed = object.body().deepCopy();
        for (String path : paths.isEmpty() ? List.of(USUAL_PATH) : paths) {
            KustomizePath.of(path)
                    .slots(changed, options.path("create").asBoolean(false))
                    .toList()
                    .forEach(slot -> slot.write().accept(written(slot.value(), value, options)));
        }
        object.become(changed);
    }

    /** A scalar keeps its own type, whatever the value's is. */
    private static JsonNode written(JsonNode there, JsonNode value, JsonNode options) {
        String delimiter = options.path("delimiter").asText("");
        if (!there.isValueNode() || !value.isValueNode()) {
            return value.deepCopy();
        }
        String text = delimiter.isEmpty() ? value.asText() : within(there.asText(), value.asText(), delimiter, options);
        if (there.isNumber() && WHOLE.matcher(text).matches()) {
            return IntNode.valueOf(Integer.parseInt(text));
        }
        return there.isBoolean() && (text.equals("true") || text.equals("false"))
                ? BooleanNode.valueOf(text.equals("true"))
                : new TextNode(text);
    }

    private static String within(String there, String value, String delimiter, JsonNode options) {
        List<String> parts = new ArrayList<>(Arrays.asList(there.split(Pattern.quote(delimiter), -1)));
        int index = options.path("index").asInt(0);
        if (index < 0) {
            parts.add(0, value);
        } else if (index >= parts.size()) {
            parts.add(value);
        } else {
            parts.set(index, value);
        }
        return String.join(delimiter, parts);
    }
}
