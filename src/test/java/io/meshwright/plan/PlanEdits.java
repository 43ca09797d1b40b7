package io.meshwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.plan.side.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mesh for tests of plans, and what becomes of it by edits of its objects. */
public final class PlanEdits {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path FOLDER = Path.of("test/resources/plan");

    private PlanEdits() {}

    public static JsonNode examples() {
        return table("examples.yaml");
    }

    /** A file of this test's folder. */
    static JsonNode table(String file) {
        try {
            return YAML.readTree(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<ObjectNode> base() {
        try {
            return ManifestReader.of("base.yaml", Files.readString(FOLDER.resolve("base.yaml")))
                    .manifests()
                    .all()
                    .stream()
                    .map(Manifest::body)
                    .map(body -> (ObjectNode) body.deepCopy())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A side whose objects lie in one folder, each in a file of its own. */
    public static Side side(List<ObjectNode> objects) {
        return Side.of("shop/", reading(objects), Optional.empty());
    }

    public static Reading reading(List<ObjectNode> objects) {
        ManifestReader reader = new ManifestReader();
        int number = 0;
        for (ObjectNode object : objects) {
            reader.text("shop/%03d.yaml".formatted(number++), object.toString());
        }
        return reader.read();
    }

    public static List<ObjectNode> edited(List<ObjectNode> objects, JsonNode edits) {
        List<ObjectNode> edited =
                new ArrayList<>(objects.stream().map(ObjectNode::deepCopy).toList());
        edits.forEach(edit -> {
            if (edit.has("add")) {
                edited.add((ObjectNode) edit.get("add"));
                return;
            }
            ObjectNode object = edited.stream()
                    .filter(each -> name(each).equals(edit.path("object").asText()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(edit.toString()));
            if (edit.path("gone").asBoolean()) {
                edited.remove(object);
            } else {
                set(object, edit.path("field").asText(), edit.path("value"));
            }
        });
        return edited;
    }

    public static String name(JsonNode object) {
        String namespace = object.at("/metadata/namespace").asText("");
        return "%s %s%s"
                .formatted(
                        object.path("kind").asText(),
                        namespace.isEmpty() ? "" : namespace.concat("/"),
                        object.at("/metadata/name").asText());
    }

    public static void set(JsonNode object, String pointer, JsonNode value) {
        JsonNode parent = object.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String key = pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        if (parent instanceof ArrayNode list) {
            int index = Integer.parseInt(key);
            if (index == list.size()) {
                list.add(value);
            } else {
                list.set(index, value);
            }
        } else if (value.isNull()) {
            ((ObjectNode) parent).remove(key);
        } else {
            ((ObjectNode) parent).set(key, value);
        }
    }
}
