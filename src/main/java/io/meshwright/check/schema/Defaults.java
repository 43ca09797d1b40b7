package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;

/** Fills in what a schema says by default, as the API server does before it validates. */
final class Defaults {

  private Defaults() {}

  /** A copy of the value with its defaults. */
  static JsonNode applied(JsonNode schema, JsonNode value) {
    JsonNode copy = value.deepCopy();
    fill(schema, copy);
    return copy;
  }

  private static void fill(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      for (var property : Fields.entries(schema.path("properties"))) {
        JsonNode standard = property.getValue().path("default");
        if (!object.has(property.getKey()) && !standard.isMissingNode()) {
          object.set(property.getKey(), standard.deepCopy());
        }
        fill(property.getValue(), object.path(property.getKey()));
      }
      if (schema.path("additionalProperties").isObject()) {
        object.forEach(child -> fill(schema.path("additionalProperties"), child));
      }
    } else if (value instanceof ArrayNode items) {
      items.forEach(item -> fill(schema.path("items"), item));
    }
  }
}
