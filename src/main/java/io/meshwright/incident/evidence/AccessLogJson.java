package io.meshwright.incident.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A line in Istio's JSON format, or what a log store wraps around either format. */
final class AccessLogJson {
    private static final int DEEPEST = 8;

    private AccessLogJson() {}

    /** Empty where nothing in it tells of a request. */
    static Optional<Evidence> read(JsonNode json) {
        return read(json, DEEPEST);
    }

    private static Optional<Evidence> read(JsonNode json, int deeper) {
        Map<Field, String> values = new EnumMap<>(Field.class);
        json.properties()
                .forEach(entry -> Field.of(entry.getKey().toLowerCase(Locale.ROOT))
                        .filter(field -> entry.getValue().isValueNode()
                                && !entry.getValue().isNull())
                        .ifPresent(field -> values.put(field, entry.getValue().asText())));
        if (Stream.of(Field.RESPONSE_CODE, Field.RESPONSE_FLAGS, Field.RESPONSE_FLAGS_LONG)
                .anyMatch(values::containsKey)) {
            return Optional.of(Evidence.of(Evidence.Kind.ACCESS_LOG, values));
        }
        for (JsonNode inside : json) {
            Optional<Evidence> found = inside.isTextual()
                    ? AccessLogText.read(inside.asText())
                    : inside.isContainerNode() && deeper > 0 ? read(inside, deeper - 1) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
