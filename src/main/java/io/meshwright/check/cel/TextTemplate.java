package io.meshwright.check.cel;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills values into a text, as {@code '%s'.format([value])} does (cel-go, ext.Strings). */
final class TextTemplate {
    private static final Pattern CLAUSE = Pattern.compile("%(%|(?:\\.([0-9]{1,3}))?([sdfebxXo]))|%");
    private static final int USUAL_PRECISION = 6;

    private TextTemplate() {}

    static String filled(String template, List<?> values) {
        Iterator<?> next = values.iterator();
        StringBuilder filled = new StringBuilder();
        Matcher clause = CLAUSE.matcher(template);
        while (clause.find()) {
            clause.appendReplacement(filled, Matcher.quoteReplacement(clause(clause, next)));
        }
        if (next.hasNext()) {
            throw new IllegalArgumentException("there are more values than places for them");
        }
        return clause.appendTail(filled).toString();
    }

    private static String clause(Matcher clause, Iterator<?> values) {
        if ("%".equals(clause.group(1))) {
            return "%";
        }
        if (clause.group(3) == null || !values.hasNext()) {
            throw new IllegalArgumentException("there is no value for a place, or no such place");
        }
        int precision = clause.group(2) == null ? USUAL_PRECISION : Integer.parseInt(clause.group(2));
        Object value = values.next();
        return switch (clause.group(3)) {
            case "d" -> text(whole(value));
            case "f" -> String.format(Locale.ROOT, "%%.%df".formatted(precision), ((Number) value).doubleValue());
            case "e" -> String.format(Locale.ROOT, "%%.%de".formatted(precision), ((Number) value).doubleValue());
            case "b" ->
                value instanceof Boolean truth
                        ? truth ? "1" : "0"
                        : Long.toString(whole(value).longValue(), 2);
            case "o" -> Long.toString(whole(value).longValue(), 8);
            case "x" -> hexadecimal(value);
            case "X" -> hexadecimal(value).toUpperCase(Locale.ROOT);
            default -> text(value);
        };
    }

    private static Number whole(Object value) {
        if (value instanceof Number number && !(value instanceof Double)) {
            return number;
        }
        throw new IllegalArgumentException("\"%s\" is no whole number".formatted(value));
    }

    private static String hexadecimal(Object value) {
        return value instanceof String text
                ? HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                : Long.toString(whole(value).longValue(), 16);
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(TextTemplate::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> "%s: %s".formatted(text(entry.getKey()), text(entry.getValue())))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1e15) {
            return Long.toString(real.longValue());
        }
        return String.valueOf(value);
    }
}
