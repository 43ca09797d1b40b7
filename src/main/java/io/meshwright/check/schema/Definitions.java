package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.definition.SchemaLines;
import java.util.Optional;

/** The schemas of Kubernetes' own kinds. */
final class Definitions {
    private static final String REFERENCE = "$ref";

    private Definitions() {}

    /** The file, of which nothing is read before the first object is compared. */
    private static final class Written {
        private static final SchemaLines SCHEMAS = SchemaLines.of("/io/meshwright/check/schema/kubernetes.txt");
    }

    /** The schema of a kind in a version that this release of Kubernetes serves. */
    static Optional<JsonNode> of(String apiVersion, String kind) {
        return Written.SCHEMAS.find(apiVersion.concat(" ").concat(kind));
    }

    /** True if kinds of this version are known. */
    static boolean hasVersion(String apiVersion) {
        String after = Written.SCHEMAS.names().ceiling(apiVersion.concat(" "));
        return after != null && after.startsWith(apiVersion.concat(" "));
    }

    /** A version that has the kind, the first by name. */
    static Optional<String> versionOf(String kind) {
        return Written.SCHEMAS.names().stream()
                .filter(name -> name.endsWith(" ".concat(kind)))
                .map(name -> name.substring(0, name.indexOf(' ')))
                .findFirst();
    }

    /** The schema itself, or the one to which it refers; schemas of custom resources refer to none. */
    static JsonNode linked(JsonNode schema) {
        JsonNode reference = schema.path(REFERENCE);
        return reference.isTextual()
                ? Written.SCHEMAS.find(reference.asText()).orElse(MissingNode.getInstance())
                : schema;
    }
}
