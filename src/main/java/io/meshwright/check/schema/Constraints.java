package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.manifest.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Examines a value by what a schema asks beside its type: choices, patterns, bounds and combinations. */
final class Constraints {
    private static final Map<String, Optional<Pattern>> PATTERNS = new ConcurrentHashMap<>();

    private Constraints() {}

    static List<String> of(JsonNode schema, JsonNode value) {
        List<String> messages = new ArrayList<>();
        choices(schema, value, messages);
        Formats.flaw(schema, value).ifPresent(messages::add);
        if (value.isTextual()) {
            text(schema, value.asText(), messages);
        } else if (value.isNumber()) {
            number(schema, value, messages);
        } else if (value.isContainerNode()) {
            bound(
                    schema,
                    value.isArray() ? "Items" : "Properties",
                    value.size(),
                    value.isArray() ? "items" : "fields",
                    messages);
        }
        combinations(schema, value, messages);
        return messages;
    }

    private static void choices(JsonNode schema, JsonNode value, List<String> messages) {
        List<JsonNode> choices = Fields.items(schema.path("enum"));
        if (!choices.isEmpty() && !choices.contains(value)) {
            messages.add("\"%s\" is none of %s"
                    .formatted(
                            value.asText(),
                            String.join(
                                    ", ", choices.stream().map(JsonNode::asText).toList())));
        }
    }

    private static void text(JsonNode schema, String text, List<String> messages) {
        String written = schema.path("pattern").asText("");
        if (!written.isEmpty()
                && !PATTERNS.computeIfAbsent(written, Constraints::compiled)
                        .map(pattern -> pattern.matcher(text).find())
                        .orElse(true)) {
            messages.add("\"%s\" is not of the form %s".formatted(text, written));
        }
        bound(schema, "Length", text.codePointCount(0, text.length()), "characters", messages);
    }

    private static Optional<Pattern> compiled(String pattern) {
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException none) {
            return Optional.empty();
        }
    }

    private static void number(JsonNode schema, JsonNode value, List<String> messages) {
        BigDecimal number = value.decimalValue();
        boolean fits = switch (schema.path("format").asText("")) {
            case "int32" -> value.canConvertToInt();
            case "int64" -> value.canConvertToLong();
            default -> true;
        };
        if (!fits) {
            messages.add("%s is out of range".formatted(number));
        }
        if (schema.has("minimum") && number.compareTo(schema.path("minimum").decimalValue()) < 0) {
            messages.add("%s is less than %s".formatted(number, schema.path("minimum")));
        }
        if (schema.has("maximum") && number.compareTo(schema.path("maximum").decimalValue()) > 0) {
            messages.add("%s is more than %s".formatted(number, schema.path("maximum")));
        }
    }

    private static void bound(JsonNode schema, String what, int size, String unit, List<String> messages) {
        JsonNode least = schema.path("min".concat(what));
        JsonNode most = schema.path("max".concat(what));
        if (least.isNumber() && size < least.asInt()) {
            messages.add("it has %d %s and needs %d".formatted(size, unit, least.asInt()));
        }
        if (most.isNumber() && size > most.asLong()) {
            messages.add("it has %d %s and may have %d".formatted(size, unit, most.asLong()));
        }
    }

    private static void combinations(JsonNode schema, JsonNode value, List<String> messages) {
        Fields.items(schema.path("allOf")).forEach(part -> messages.addAll(all(part, value)));
        if (schema.path("not").isObject() && fits(schema.path("not"), value)) {
            messages.add("the fields %s do not go together".formatted(named(schema.path("not"))));
        }
        List<JsonNode> any = Fields.items(schema.path("anyOf"));
        if (!any.isEmpty() && any.stream().noneMatch(part -> fits(part, value))) {
            messages.add("one of the fields %s is needed".formatted(named(schema.path("anyOf"))));
        }
        List<JsonNode> one = Fields.items(schema.path("oneOf"));
        if (!one.isEmpty() && one.stream().filter(part -> fits(part, value)).count() != 1) {
            String fields = named(schema.path("oneOf"));
            messages.add(
                    fields.isEmpty()
                            ? "it has none of the forms that are allowed, or several of them"
                            : "exactly one of %s may be written".formatted(fields));
        }
    }

    private static boolean fits(JsonNode schema, JsonNode value) {
        return SchemaWalk.hasType(schema, value) && all(schema, value).isEmpty();
    }

    /** As part of a combination a schema also says which fields must be there, and what they hold. */
    private static List<String> all(JsonNode schema, JsonNode value) {
        List<String> messages = of(schema, value);
        Fields.texts(schema.path("required")).stream()
                .filter(field -> !value.has(field))
                .forEach(field -> messages.add("the field \"%s\" is missing".formatted(field)));
        Fields.entries(schema.path("properties")).stream()
                .filter(property -> value.has(property.getKey()))
                .forEach(property -> messages.addAll(all(property.getValue(), value.get(property.getKey()))));
        if (value.isArray()) {
            value.forEach(item -> messages.addAll(all(schema.path("items"), item)));
        }
        return messages;
    }

    private static String named(JsonNode schema) {
        return String.join(
                ", ",
                schema.findValues("required").stream()
                        .flatMap(list -> Fields.texts(list).stream())
                        .distinct()
                        .toList());
    }
}
