package io.meshwright.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.upstream.Statement.Standing;

/**
 * A request and how it ends by another project's word; where it ends otherwise here, {@code here} says how, and
 * {@code otherwise} or {@code uncovered} why.
 */
record Call(JsonNode written) {
    JsonNode request() {
        return written.path("request");
    }

    JsonNode expect() {
        return written.path("expect");
    }

    boolean differs() {
        return written.has("here");
    }

    JsonNode here() {
        return written.path("here");
    }

    Standing standing() {
        if (!differs()) {
            return Standing.SAME;
        }
        return written.has("uncovered") ? Standing.UNCOVERED : Standing.OTHERWISE;
    }

    String reason() {
        return written.path("uncovered").asText(written.path("otherwise").asText());
    }
}
