package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.manifest.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares two HTTP matches: one covers another if it takes every request that the other takes. */
public final class MatchCover {
    private static final List<String> TEXTS = List.of("method", "scheme", "authority");
    private static final List<String> KEYED = List.of("headers", "queryParams", "withoutHeaders");

    private MatchCover() {}

    public static boolean covers(JsonNode wide, JsonNode narrow) {
        return uri(wide, narrow)
                && TEXTS.stream()
                        .allMatch(field -> wide.path(field).isEmpty() || text(wide.path(field), narrow.path(field)))
                && KEYED.stream().allMatch(field -> keyed(wide.path(field), narrow.path(field), field))
                && origin(wide, narrow);
    }

    private static boolean origin(JsonNode wide, JsonNode narrow) {
        Map<String, String> labels = Fields.strings(narrow.path("sourceLabels"));
        boolean port = wide.path("port").isMissingNode() || wide.path("port").equals(narrow.path("port"));
        boolean namespace = wide.path("sourceNamespace").isMissingNode()
                || wide.path("sourceNamespace").equals(narrow.path("sourceNamespace"));
        List<String> gateways = Fields.texts(wide.path("gateways"));
        List<String> others = Fields.texts(narrow.path("gateways"));
        return port
                && namespace
                && labels.entrySet()
                        .containsAll(Fields.strings(wide.path("sourceLabels")).entrySet())
                && (gateways.isEmpty() || !others.isEmpty() && gateways.containsAll(others));
    }

    private static boolean uri(JsonNode wide, JsonNode narrow) {
        JsonNode uri = wide.path("uri");
        boolean all = uri.isEmpty()
                || uri.path("prefix").asText("").equals("/")
                || uri.path("regex").asText("").equals(".*");
        if (all) {
            return true;
        }
        boolean folds = wide.path("ignoreUriCase").asBoolean(false);
        if (!folds && narrow.path("ignoreUriCase").asBoolean(false)) {
            return false;
        }
        return folds && !uri.has("regex")
                ? text(folded(uri), folded(narrow.path("uri")))
                : text(uri, narrow.path("uri"));
    }

    private static JsonNode folded(JsonNode match) {
        var folded = JsonNodeFactory.instance.objectNode();
        match.properties()
                .forEach(entry ->
                        folded.put(entry.getKey(), entry.getValue().asText("").toLowerCase(Locale.ROOT)));
        return folded;
    }

    private static boolean keyed(JsonNode wide, JsonNode narrow, String field) {
        return wide.properties().stream().allMatch(entry -> {
            JsonNode other = narrow.path(entry.getKey());
            boolean present = isPresence(entry.getValue());
            // Absence of a header is the narrower condition, so only the same one is covered.
            return field.equals("withoutHeaders")
                    ? !other.isMissingNode() && entry.getValue().equals(other)
                    : !other.isMissingNode() && (present || text(entry.getValue(), other));
        });
    }

    private static boolean isPresence(JsonNode match) {
        return match.isEmpty() || match.path("regex").asText("").equals("*");
    }

    private static boolean text(JsonNode wide, JsonNode narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        String exact = narrow.path("exact").asText(null);
        if (wide.path("prefix").isTextual()) {
            String prefix = wide.path("prefix").asText();
            String other = exact == null ? narrow.path("prefix").asText(null) : exact;
            return other != null && other.startsWith(prefix);
        }
        return wide.path("regex").isTextual()
                && exact != null
                && matches(wide.path("regex").asText(), exact);
    }

    private static boolean matches(String regex, String value) {
        try {
            return Pattern.matches(regex, value);
        } catch (PatternSyntaxException broken) {
            return false;
        }
    }
}
