package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in a field that nobody wrote; what is no mapping is left alone. */
final class Absent {
    private Absent() {}

    static void fill(JsonNode object, String field, String value) {
        if (object instanceof ObjectNode written && !written.has(field)) {
            written.put(field, value);
        }
    }

    static void fill(JsonNode object, String field, int value) {
        if (object instanceof ObjectNode written && !written.has(field)) {
            written.put(field, value);
        }
    }

    static void fill(JsonNode object, String field, boolean value) {
        if (object instanceof ObjectNode written && !written.has(field)) {
            written.put(field, value);
        }
    }

    /** The same with a value of another field. */
    static void fill(JsonNode object, String field, JsonNode value) {
        if (object instanceof ObjectNode written && !written.has(field) && !value.isMissingNode()) {
            written.set(field, value);
        }
    }
}
