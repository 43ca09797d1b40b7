package io.meshwright.construct.observability.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines with what becomes of them: the file {@code observability/redaction.yaml}. */
final class RedactionTable {
    private RedactionTable() {}

    /** Each line of the file with what it becomes; one that is kept becomes itself. */
    static Map<String, String> rows() {
        try (var file = RedactionTable.class.getResourceAsStream("/observability/redaction.yaml")) {
            JsonNode table = new YAMLMapper().readTree(file);
            Map<String, String> rows = new LinkedHashMap<>();
            table.path("hidden")
                    .forEach(row -> rows.put(
                            row.path("line").asText(), row.path("becomes").asText()));
            table.path("kept").forEach(line -> rows.put(line.asText(), line.asText()));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
