package io.meshwright.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A resource with a schema on each line, a name and JSON with a tab between, each parsed when it is first asked for.
 */
public final class SchemaLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TreeMap<String, String> lines = new TreeMap<>();
    private final Map<String, JsonNode> parsed = new ConcurrentHashMap<>();

    private SchemaLines() {}

    /** The schemas of a resource by its absolute path. */
    public static SchemaLines of(String resource) {
        SchemaLines schemas = new SchemaLines();
        text(resource)
                .lines()
                .filter(line -> line.indexOf('\t') > 0)
                .map(line -> line.split("\t", 2))
                .forEach(line -> schemas.lines.put(line[0], line[1]));
        return schemas;
    }

    /** The whole text of a resource by its absolute path. */
    public static String text(String resource) {
        try (InputStream stream = SchemaLines.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** In the order of their names. */
    public NavigableSet<String> names() {
        return lines.navigableKeySet();
    }

    /** The schema of this name, if there is one. */
    public Optional<JsonNode> find(String name) {
        // Not computeIfAbsent, under whose lock other schemas of the same bin would wait.
        JsonNode known = parsed.get(name);
        if (known == null && lines.containsKey(name)) {
            known = parse(lines.get(name));
            parsed.put(name, known);
        }
        return Optional.ofNullable(known);
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
