package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads YAML scalars as Kubernetes does: sigs.k8s.io/yaml reads booleans as YAML 1.1 does, but knows neither base 60
 * nor dates.
 */
final class Scalars {
    private static final String TAG = "tag:yaml.org,2002:";
    private static final Set<String> TYPES = Set.of(TAG + "int", TAG + "float", TAG + "bool", TAG + "null");
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final int LONGEST_WORD = "false".length();
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern SHORT = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int LONGEST_INTEGER = 70;
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64);

    private Scalars() {}

    static JsonNode of(ScalarEvent event) {
        boolean typed = event.getTag() == null ? event.isPlain() : TYPES.contains(event.getTag());
        return typed ? plain(event.getValue()) : TextNode.valueOf(event.getValue());
    }

    /** The text that a scalar becomes as a key: JSON knows only texts, so {@code on:} turns into {@code "true"}. */
    static String key(ScalarEvent event) {
        JsonNode value = of(event);
        return value.isNull() ? event.getValue() : value.asText();
    }

    static JsonNode plain(String text) {
        char first = text.isEmpty() ? '~' : text.charAt(0);
        boolean numeric = first >= '0' && first <= '9' || first == '+' || first == '-' || first == '.';
        if (numeric) {
            return number(text.replace("_", "")).orElseGet(() -> TextNode.valueOf(text));
        }
        return text.length() > LONGEST_WORD ? TextNode.valueOf(text) : word(text);
    }

    private static JsonNode word(String text) {
        if (NULL.contains(text)) {
            return NullNode.getInstance();
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return BooleanNode.valueOf(TRUE.contains(text));
        }
        return TextNode.valueOf(text);
    }

    private static Optional<JsonNode> number(String text) {
        return integer(text)
                .or(() -> FLOAT.matcher(text).matches() ? real(Double.parseDouble(text)) : Optional.empty());
    }

    private static Optional<JsonNode> integer(String text) {
        if (SHORT.matcher(text).matches()) {
            return Optional.of(IntNode.valueOf(Integer.parseInt(text)));
        }
        var match = INTEGER.matcher(text);
        if (text.length() > LONGEST_INTEGER || !match.matches()) {
            return Optional.empty();
        }
        int[] radixes = {16, 2, 8, 10};
        for (int group = 2; group <= 5; group++) {
            if (match.group(group) != null) {
                return integer(
                        new BigInteger(match.group(1).replace("+", "") + match.group(group), radixes[group - 2]));
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return Optional.of(IntNode.valueOf(value.intValue()));
        }
        if (value.bitLength() < Long.SIZE) {
            return Optional.of(LongNode.valueOf(value.longValue()));
        }
        // What fits neither a signed nor an unsigned 64-bit integer is read as a float.
        return value.signum() > 0 && value.compareTo(LARGEST) < 0
                ? Optional.of(BigIntegerNode.valueOf(value))
                : Optional.empty();
    }

    private static Optional<JsonNode> real(double value) {
        if (Double.isInfinite(value)) {
            return Optional.empty();
        }
        // Go prints a whole float without a fraction, so the API server receives an integer for 1e3.
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? integer(BigInteger.valueOf((long) value)) : Optional.of(DoubleNode.valueOf(value));
    }
}
