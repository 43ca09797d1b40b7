package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.GoTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that Envoy sets to a field (protoc-gen-validate), as the table of messages writes it: {@code <=9} for numbers
 * and seconds, {@code chars>=1}, {@code bytes<=255} and {@code items>=1} for sizes, {@code in:a|b}, {@code not:a},
 * {@code true}, {@code one-line}, {@code header-name} and {@code header-value}.
 */
final class Bound {
    private static final Pattern COMPARED = Pattern.compile("(chars|bytes|items|)(>=|<=|>|<)(-?[0-9.]+)");
    private static final Predicate<String> ONE_LINE =
            Pattern.compile("[^\0\n\r]*").asMatchPredicate();
    private static final Predicate<String> HEADER_NAME =
            Pattern.compile(":?[0-9a-zA-Z!#$%&'*+.^_|~`-]+").asMatchPredicate();
    private static final Predicate<String> HEADER_VALUE =
            Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*").asMatchPredicate();

    private final boolean ofItems;
    private final Predicate<JsonNode> holds;
    private final String words;

    private Bound(boolean ofItems, Predicate<JsonNode> holds, String words) {
        this.ofItems = ofItems;
        this.holds = holds;
        this.words = words;
    }

    static Bound of(String written) {
        Matcher compared = COMPARED.matcher(written);
        if (compared.matches()) {
            return compared(compared.group(1), compared.group(2), compared.group(3));
        }
        String kind = written.contains(":") ? written.substring(0, written.indexOf(':')) : written;
        List<String> names = List.of(
                written.substring(Math.min(written.length(), kind.length() + 1)).split("\\|", -1));
        return switch (kind) {
            case "in" -> ofText(names::contains, "one of %s".formatted(String.join(", ", names)));
            case "not" -> ofText(text -> !names.contains(text), "other than %s".formatted(String.join(", ", names)));
            case "true" -> new Bound(false, JsonNode::booleanValue, "true");
            case "one-line" -> ofText(ONE_LINE, "one line");
            case "header-name" -> ofText(HEADER_NAME, "the name of a header");
            case "header-value" -> ofText(HEADER_VALUE, "the value of a header");
            default -> throw new IllegalArgumentException("\"%s\" is no bound".formatted(written));
        };
    }

    private static Bound ofText(Predicate<String> holds, String words) {
        return new Bound(false, value -> holds.test(value.asText()), words);
    }

    private static Bound compared(String size, String sign, String number) {
        BigDecimal bound = new BigDecimal(number);
        boolean one = number.equals("1");
        String words = "%s %s".formatted(comparison(sign), number);
        return switch (size) {
            case "chars" ->
                ofText(
                        text -> fits(BigDecimal.valueOf(text.codePointCount(0, text.length())), sign, bound),
                        one ? "a text that is not empty" : words.concat(" characters"));
            case "bytes" ->
                ofText(
                        text -> fits(BigDecimal.valueOf(text.getBytes(StandardCharsets.UTF_8).length), sign, bound),
                        words.concat(" bytes"));
            case "items" ->
                new Bound(
                        true,
                        list -> fits(BigDecimal.valueOf(list.size()), sign, bound),
                        words.concat(one ? " item" : " items"));
            default ->
                new Bound(
                        false,
                        value -> number(value)
                                .map(found -> fits(found, sign, bound))
                                .orElse(true),
                        words);
        };
    }

    private static String comparison(String sign) {
        return switch (sign) {
            case ">=" -> "at least";
            case "<=" -> "at most";
            case ">" -> "more than";
            default -> "less than";
        };
    }

    private static boolean fits(BigDecimal value, String sign, BigDecimal bound) {
        int order = value.compareTo(bound);
        return switch (sign) {
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order < 0;
        };
    }

    /** A number, or the seconds of a time; empty for what is neither, over which istiod stumbles before. */
    private static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        try {
            return Optional.of(new BigDecimal(value.asText()));
        } catch (NumberFormatException noNumber) {
            return GoTime.seconds(value.asText());
        }
    }

    /** True for a bound to the size of a list, and not to each of its values. */
    boolean isOfItems() {
        return ofItems;
    }

    boolean holds(JsonNode value) {
        return holds.test(value);
    }

    /** The words for what would hold, such as {@code at most 9}. */
    String words() {
        return words;
    }
}
