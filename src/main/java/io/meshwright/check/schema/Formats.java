package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.meshwright.check.text.Amount;
import io.meshwright.check.text.IpRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The forms of values that a schema names and the API server compares (k8s.io/kube-openapi, validation/strfmt). */
final class Formats {
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}");
    private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}");
    private static final Pattern DURATION = Pattern.compile("[+-]?(?:0|(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)"
            .concat("(?:ns|us|µs|ms|s|m|h))+)|[0-9]+ *(?:ns|us|ms|s|m|h|d|w|seconds?|minutes?|hours?|days?|weeks?)"));
    private static final Set<String> FORMATS =
            Set.of("quantity", "byte", "date-time", "date", "duration", "ipv4", "ipv6", "cidr", "uuid", "mac");

    private Formats() {}

    /** Why the value is not of the form; empty when it is, or when nobody compares it. */
    static Optional<String> flaw(JsonNode schema, JsonNode value) {
        String format = schema.path("format").asText("");
        if (format.isEmpty() || !FORMATS.contains(format) || fits(format, value)) {
            return Optional.empty();
        }
        return Optional.of("\"%s\" is no %s".formatted(value.isContainerNode() ? value : value.asText(), name(format)));
    }

    private static boolean fits(String format, JsonNode value) {
        if (format.equals("quantity")) {
            return Amount.of(value).isPresent();
        }
        return !value.isTextual() || fits(format, value.asText());
    }

    private static boolean fits(String format, String text) {
        return switch (format) {
            case "byte" -> isBase64(text);
            case "date-time" -> isTime(text);
            case "date" -> isDate(text);
            case "duration" -> DURATION.matches(text);
            case "ipv4" ->
                IpRange.address(text).filter(address -> address.bits() == 32).isPresent();
            case "ipv6" ->
                IpRange.address(text).filter(address -> address.bits() == 128).isPresent();
            case "cidr" -> IpRange.of(text).isPresent();
            case "uuid" -> UUID.matches(text);
            default -> MAC.matches(text);
        };
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            // Java takes a last group without its padding, Go does not.
            return text.replace("\n", "").replace("\r", "").length() % 4 == 0;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text.replace(' ', 'T')) != null;
        } catch (DateTimeException broken) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text) != null;
        } catch (DateTimeException broken) {
            return false;
        }
    }

    private static String name(String format) {
        return switch (format) {
            case "quantity" -> "quantity such as 500m or 1Gi";
            case "byte" -> "base64";
            case "date-time" -> "time of RFC 3339";
            default -> format;
        };
    }
}
