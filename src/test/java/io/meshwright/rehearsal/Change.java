package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One field of one file of dist, as a person changes it in Git. */
record Change(Path file, String at, JsonNode to) {
    private static final Path TABLE = Path.of("test", "resources", "rehearsal", "changes.yaml");

    /** Every change of the table in one stack, one object of each kind; a kind that the table lacks is an error. */
    static List<Change> of(Path stack) throws IOException {
        JsonNode table = Dist.read(TABLE);
        List<Path> files;
        try (Stream<Path> found = Files.list(stack)) {
            files = found.sorted().toList();
        }
        List<Change> changes = new ArrayList<>();
        for (String kind : files.stream()
                .map(file -> Dist.read(file).path("kind").asText())
                .distinct()
                .toList()) {
            List<Path> ofKind = files.stream()
                    .filter(file -> Dist.read(file).path("kind").asText().equals(kind))
                    .toList();
            List<Change> those = Stream.iterate(0, row -> row + 1)
                    .limit(table.path(kind).size())
                    .flatMap(row -> first(ofKind, table.path(kind).get(row)).stream())
                    .toList();
            if (those.isEmpty()) {
                throw new IllegalStateException("%s: %s has no change in %s; add one".formatted(stack, kind, TABLE));
            }
            changes.addAll(those);
        }
        return changes;
    }

    /** At the first object that has the field, else at the first that has the one around it. */
    private static List<Change> first(List<Path> files, JsonNode row) {
        List<Path> named = files.stream()
                .filter(file -> !row.has("named")
                        || file.getFileName()
                                .toString()
                                .endsWith("%s.yaml".formatted(row.path("named").asText())))
                .toList();
        String at = row.path("at").asText();
        String around = at.substring(0, at.lastIndexOf('/'));
        return Stream.of(at, around)
                .flatMap(field -> named.stream().filter(file -> !at(file, field).isMissingNode()))
                .findFirst()
                .map(file -> of(file, at, row))
                .stream()
                .toList();
    }

    private static Change of(Path file, String at, JsonNode row) {
        String field = resolved(Dist.read(file), at);
        return new Change(
                file,
                field,
                row.has("append")
                        ? TextNode.valueOf(Dist.read(file).at(field).asText()
                                + row.path("append").asText())
                        : row.path("to"));
    }

    private static JsonNode at(Path file, String pointer) {
        JsonNode manifest = Dist.read(file);
        return manifest.at(resolved(manifest, pointer));
    }

    /** With the name of the first field in place of an asterisk. */
    private static String resolved(JsonNode manifest, String pointer) {
        if (!pointer.endsWith("/*")) {
            return pointer;
        }
        String around = pointer.substring(0, pointer.length() - 2);
        JsonNode fields = manifest.at(around);
        return fields.isEmpty()
                ? pointer
                : "%s/%s"
                        .formatted(
                                around,
                                fields.fieldNames().next().replace("~", "~0").replace("/", "~1"));
    }

    /** Writes the file anew with the field changed; gives the manifest. */
    JsonNode write() {
        JsonNode manifest = Dist.read(file);
        int last = at.lastIndexOf('/');
        JsonNode around = manifest.at(at.substring(0, last));
        String field = at.substring(last + 1).replace("~1", "/").replace("~0", "~");
        if (to.equals(around instanceof ArrayNode list ? list.get(Integer.parseInt(field)) : around.get(field))) {
            throw new IllegalStateException("%s: has %s at %s already; give another value".formatted(file, to, at));
        }
        if (around instanceof ArrayNode list) {
            list.set(Integer.parseInt(field), to);
        } else {
            ((ObjectNode) around).set(field, to);
        }
        try {
            Files.writeString(file, Dist.YAML.writeValueAsString(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return manifest;
    }

    @Override
    public String toString() {
        return "%s/%s %s".formatted(file.getParent().getFileName(), file.getFileName(), at);
    }
}
