package io.meshwright.check.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of Kubernetes' own kinds, each parsed when it is first asked for. */
final class Definitions {

  private static final String FILE = "kubernetes.txt";
  private static final String REFERENCE = "$ref";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, JsonNode> PARSED = new ConcurrentHashMap<>();

  private Definitions() {}

  /** The file, of which nothing is read before the first object is compared. */
  private static final class Written {
    private static final TreeMap<String, String> LINES = lines();

    private static TreeMap<String, String> lines() {
      TreeMap<String, String> lines = new TreeMap<>();
      try (InputStream stream = Definitions.class.getResourceAsStream(FILE)) {
        new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.indexOf('\t') > 0)
            .forEach(line -> lines.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1)));
        return lines;
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  /** The schema of a kind in a version that this release of Kubernetes serves. */
  static Optional<JsonNode> of(String apiVersion, String kind) {
    return Optional.of(apiVersion.concat(" ").concat(kind)).filter(Written.LINES::containsKey)
        .map(Definitions::parsed);
  }

  /** Whether kinds of this version are known. */
  static boolean hasVersion(String apiVersion) {
    String after = Written.LINES.ceilingKey(apiVersion.concat(" "));
    return after != null && after.startsWith(apiVersion.concat(" "));
  }

  /** A version that has the kind, the first by name. */
  static Optional<String> versionOf(String kind) {
    return Written.LINES.keySet().stream().filter(name -> name.endsWith(" ".concat(kind)))
        .map(name -> name.substring(0, name.indexOf(' '))).findFirst();
  }

  /** The schema itself, or the one to which it refers; schemas of custom resources refer to none. */
  static JsonNode linked(JsonNode schema) {
    JsonNode reference = schema.path(REFERENCE);
    return reference.isTextual() ? parsed(reference.asText()) : schema;
  }

  private static JsonNode parsed(String name) {
    // Not computeIfAbsent, under whose lock other schemas of the same bin would wait.
    JsonNode known = PARSED.get(name);
    if (known == null) {
      known = parse(Written.LINES.get(name));
      PARSED.put(name, known);
    }
    return known;
  }

  private static JsonNode parse(String text) {
    try {
      return text == null ? MissingNode.getInstance() : MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
