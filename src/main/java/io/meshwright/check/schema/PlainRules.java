package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commonest rules of schemas, which are seen to hold without the expression language: to awake it takes a quarter
 * of a second. What is not sure to hold here is left to the language.
 */
final class PlainRules {
    private static final String FIELD = "has\\(self\\.([A-Za-z]\\w*)\\)";
    private static final Pattern HAS = Pattern.compile(FIELD);
    private static final String ONE_IF_HAS = "\\(".concat(FIELD).concat(" \\? 1 : 0\\)");
    private static final Pattern AT_MOST_ONE = Pattern.compile("%1$s(?: \\+ %1$s)* <= 1".formatted(ONE_IF_HAS));
    private static final Pattern IF_ANY =
            Pattern.compile("(\\(%1$s(?: \\|\\| %1$s)*\\)|%1$s) \\? (\\([^'\"]*\\)) : true".formatted(FIELD));
    private static final Pattern OR_NOT = Pattern.compile("[^?'\"]* \\|\\| !".concat(FIELD));
    private static final Pattern AT_MOST_ANOTHER =
            Pattern.compile("!%1$s \\|\\| self\\.\\1 <= \\(%1$s \\? self\\.\\2 : (\\d{1,9})\\)".formatted(FIELD));
    // Longer ones may be more than a duration can hold.
    private static final Pattern DURATION = Pattern.compile("[1-9]\\d{0,4}(?:ms|s|m|h)");
    private static final String ESCAPE = "__";
    private static final int LAST_PORT = 65535;

    private static final Map<String, Predicate<JsonNode>> WRITTEN_SO = Map.of(
            "duration(self) >= duration('1ms')",
            value -> value.isTextual() && DURATION.matcher(value.textValue()).matches(),
            "!self.contains(\"*\")",
            PlainRules::isWithoutAsterisk,
            "!self.contains('*')",
            PlainRules::isWithoutAsterisk,
            "self.all(key, key.size() != 0)",
            value -> value.isObject() && !value.has(""),
            "self.all(key, !key.contains(\"*\"))",
            PlainRules::hasNoKeyWithAsterisk,
            "self.all(key, !key.contains('*'))",
            PlainRules::hasNoKeyWithAsterisk,
            "0 < self && self <= 65535",
            value -> isInt(value) && value.intValue() > 0 && value.intValue() <= LAST_PORT);

    private static final Map<String, Predicate<JsonNode>> KNOWN = new ConcurrentHashMap<>();

    private PlainRules() {}

    /** True if the value is sure to keep the rule. */
    static boolean hold(String rule, JsonNode value) {
        return KNOWN.computeIfAbsent(rule, PlainRules::read).test(value);
    }

    private static Predicate<JsonNode> read(String rule) {
        Predicate<JsonNode> written = WRITTEN_SO.get(rule);
        if (written != null) {
            return written;
        }
        Matcher ifAny = IF_ANY.matcher(rule);
        if (AT_MOST_ONE.matcher(rule).matches()) {
            return fewerThan(2, fields(rule));
        }
        if (ifAny.matches() && isOne(ifAny.group(ifAny.groupCount()))) {
            return fewerThan(1, fields(ifAny.group(1)));
        }
        Matcher atMost = AT_MOST_ANOTHER.matcher(rule);
        if (atMost.matches() && !rule.contains(ESCAPE)) {
            return atMost(atMost.group(1), atMost.group(2), Integer.parseInt(atMost.group(3)));
        }
        Matcher orNot = OR_NOT.matcher(rule);
        return orNot.matches() && isBalanced(rule) ? fewerThan(1, List.of(orNot.group(1))) : value -> false;
    }

    private static List<String> fields(String text) {
        return HAS.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Names of fields that no expression could write are escaped, which is left to the language. */
    private static Predicate<JsonNode> fewerThan(int number, List<String> fields) {
        return fields.stream().anyMatch(field -> field.contains(ESCAPE))
                ? value -> false
                : value -> value.isObject()
                        && fields.stream().filter(value::hasNonNull).count() < number;
    }

    private static Predicate<JsonNode> atMost(String field, String other, int otherwise) {
        return value -> value.isObject()
                && (!value.hasNonNull(field)
                        || isInt(value.path(field))
                                && (!value.hasNonNull(other) || isInt(value.path(other)))
                                && value.path(field).intValue()
                                        <= value.path(other).asInt(otherwise));
    }

    private static boolean isInt(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt();
    }

    /** True if no bracket is open at its end, so that what it ends with is a part of the whole. */
    private static boolean isBalanced(String rule) {
        return rule.chars().filter(character -> character == '(').count()
                == rule.chars().filter(character -> character == ')').count();
    }

    /** True if the bracket that opens the text closes at its end, so that nothing of it stands outside. */
    private static boolean isOne(String bracketed) {
        int depth = 0;
        for (int at = 0; at < bracketed.length(); at++) {
            char character = bracketed.charAt(at);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (depth == 0) {
                return at == bracketed.length() - 1;
            }
        }
        return false;
    }

    private static boolean isWithoutAsterisk(JsonNode value) {
        return value.isTextual() && value.textValue().indexOf('*') < 0;
    }

    private static boolean hasNoKeyWithAsterisk(JsonNode value) {
        return value.isObject()
                && value.properties().stream().allMatch(field -> field.getKey().indexOf('*') < 0);
    }
}
