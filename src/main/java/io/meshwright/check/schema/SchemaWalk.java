package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares a value with a structural schema (kubernetes.io, custom resource definitions), from the top down. */
public final class SchemaWalk {
    private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata", "status");
    private static final String UNKNOWN_KEPT = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";

    private final List<Violation> violations = new ArrayList<>();
    private final boolean builtIn;

    private SchemaWalk(boolean builtIn) {
        this.builtIn = builtIn;
    }

    /** Objections of the schema of a custom kind to a whole object; metadata and status are not looked at. */
    public static List<Violation> of(JsonNode schema, JsonNode object) {
        SchemaWalk walk = new SchemaWalk(false);
        walk.object(schema, Defaults.applied(schema, object), "", ROOT);
        return walk.violations;
    }

    /** The same for a kind of Kubernetes itself, whose schemas refer to each other. */
    static List<Violation> ofBuiltIn(JsonNode schema, JsonNode object) {
        SchemaWalk walk = new SchemaWalk(true);
        walk.object(schema, object, "", Set.of());
        return walk.violations;
    }

    private void value(JsonNode written, JsonNode value, String pointer) {
        if (value.isNull() && (builtIn || written.path("nullable").asBoolean(false))) {
            // Go leaves a field unset for a null.
            return;
        }
        if (builtIn && value.isTextual() && value.asText().isEmpty() && written.has("enum")) {
            // Fields of Go that hold an empty text are not written, and get what the API server says by default.
            return;
        }
        JsonNode schema = Definitions.linked(written);
        if (!hasType(schema, value)) {
            violations.add(
                    Violation.refused(pointer, "it is %s, and must be %s".formatted(name(value), wanted(schema))));
            return;
        }
        if (value.isObject()) {
            object(schema, value, pointer, Set.of());
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                item(schema.path("items"), value.get(index), Pointers.child(pointer, Integer.toString(index)));
            }
            violations.addAll(Uniqueness.of(schema, value, pointer));
        }
        // Most schemas ask for a type and nothing else.
        if (schema.size() > 1 || !schema.has("type")) {
            Constraints.of(schema, value).forEach(message -> violations.add(Violation.refused(pointer, message)));
            CelRules.of(schema, value).forEach(message -> violations.add(Violation.refused(pointer, message)));
        }
    }

    private void item(JsonNode schema, JsonNode value, String pointer) {
        // For Go a null in a list is an item of which nothing is written.
        boolean demanding = Definitions.linked(schema).has("required") || schema.has("enum");
        if (builtIn && value.isNull() && demanding) {
            violations.add(Violation.refused(
                    pointer, "it is null, and must be %s".formatted(wanted(Definitions.linked(schema)))));
        } else {
            value(schema, value, pointer);
        }
    }

    private void object(JsonNode schema, JsonNode value, String pointer, Set<String> ignored) {
        JsonNode properties = schema.path("properties");
        for (var field : value.properties()) {
            String below = Pointers.child(pointer, field.getKey());
            JsonNode known = properties.path(field.getKey());
            if (ignored.contains(field.getKey())) {
                continue;
            }
            if (known.isObject()) {
                value(known, field.getValue(), below);
            } else if (schema.path("additionalProperties").isObject()) {
                value(schema.path("additionalProperties"), field.getValue(), below);
            } else if (isClosed(schema)) {
                violations.add(Violation.unknown(below, field.getKey()));
            }
        }
        List<String> missing = Fields.texts(schema.path("required")).stream()
                .filter(required -> !ignored.contains(required) && isMissing(value, required))
                .map("\"%s\""::formatted)
                .toList();
        if (!missing.isEmpty()) {
            violations.add(Violation.refused(
                    pointer,
                    missing.size() == 1
                            ? "the field %s is missing".formatted(missing.get(0))
                            : "the fields %s are missing".formatted(String.join(", ", missing))));
        }
        if (!ignored.isEmpty()) {
            CelRules.of(schema, value).forEach(message -> violations.add(Violation.refused(pointer, message)));
        }
    }

    private boolean isMissing(JsonNode value, String field) {
        return builtIn ? !value.hasNonNull(field) : !value.has(field);
    }

    private static boolean isClosed(JsonNode schema) {
        boolean open = schema.path(UNKNOWN_KEPT).asBoolean(false)
                || schema.path("additionalProperties").asBoolean(false)
                || schema.path("x-kubernetes-embedded-resource").asBoolean(false);
        return !open && schema.path("properties").isObject();
    }

    static boolean hasType(JsonNode schema, JsonNode value) {
        if (schema.path(INT_OR_STRING).asBoolean(false)) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.path("type").asText("")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> true;
        };
    }

    private static String wanted(JsonNode schema) {
        return schema.path(INT_OR_STRING).asBoolean(false)
                ? "a whole number or a text"
                : switch (schema.path("type").asText("")) {
                    case "object" -> "a mapping";
                    case "array" -> "a list";
                    case "string" -> "a text";
                    case "boolean" -> "true or false";
                    case "integer" -> "a whole number";
                    default -> "a number";
                };
    }

    private static String name(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case STRING -> "the text \"%s\"".formatted(value.asText());
            case NULL -> "null";
            case BOOLEAN -> "the truth value %s".formatted(value.asText());
            default -> "the number %s".formatted(value.asText());
        };
    }
}
