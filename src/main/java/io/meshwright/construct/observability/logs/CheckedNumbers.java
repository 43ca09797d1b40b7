package io.meshwright.construct.observability.logs;

import io.meshwright.disclosure.SecretShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Card numbers and Korean resident registration numbers, told from others by their check digit.
 *
 * <p>An expression cannot count, and the collector's functions see but one number of a text (its loops are behind a
 * gate, OTTL 0.159). So replacements count: behind a number that has the shape, each of its digits is written as often
 * as it weighs, each digit becomes as many strokes as it is worth, and whether the strokes come out even is an
 * expression again. A number that does not come out is left as it was.
 */
final class CheckedNumbers {
    /** Thirteen digits, however they are parted, or a number of which the end is hidden already. */
    static final String LIKELY = "(?:[0-9][ -]?){13}|-[1-8][*]{6}";

    // Letters that no text has: they are for private use (Unicode, U+E000 to U+F8FF).
    private static final String CARD = "\uF7E0";
    private static final String RESIDENT = "\uF7E1";
    private static final String END = "\uF7E2";
    private static final String ONCE = "\uF7E3";
    private static final String DOUBLED = "\uF7E4";
    private static final String STROKE = "\uF7E5";

    private static final String BEFORE = "(^|[^\\w.-])";
    private static final String MONTH_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])";
    // Born between 1930 and 2015: numbers that begin with 16 to 29 are times in milliseconds, until 2033, and dates.
    private static final String OLD_ENOUGH = "(?:0[0-9]|1[0-5]|[3-9][0-9])";
    // Visa, Mastercard, JCB, Discover, UnionPay, and Korea's own (ISO/IEC 7812: 9, then the country).
    private static final String FOUR_OF_A_CARD =
            "(?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|35[2-8][0-9]|6(?:011|2[0-9]{2}|4[4-9][0-9]|5[0-9]{2})|94[0-9]{2})";
    private static final String AMEX = "3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}";
    private static final String DINERS = "3(?:0[0-5]|[689][0-9])[0-9][ -]?[0-9]{6}[ -]?[0-9]{4}";
    private static final List<Integer> CARD_DIGITS = List.of(14, 15, 16, 19);
    // Weights of the twelve digits, and the check digit once.
    private static final List<Integer> RESIDENT_WEIGHTS = List.of(2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 1);

    private CheckedNumbers() {}

    static List<Rewrite> rewrites() {
        List<Rewrite> rewrites = new ArrayList<>();
        mark(rewrites);
        CARD_DIGITS.forEach(digits -> rewrites.add(weighed(CARD, luhn(digits))));
        rewrites.add(weighed(
                RESIDENT,
                RESIDENT_WEIGHTS.stream()
                        .map(ONCE::repeat)
                        .map(CheckedNumbers::each)
                        .toList()));
        count(rewrites);
        decide(rewrites);
        return rewrites;
    }

    private static void mark(List<Rewrite> rewrites) {
        // With its hyphen the shape is enough: those given since October 2020 have no check digit.
        rewrites.add(new Rewrite(
                "%s[0-9]{2}%s-[1-8](?:[0-9]{6}\\b|[*]{6})".formatted(BEFORE, MONTH_DAY),
                "$1".concat(SecretShapes.HIDDEN)));
        rewrites.add(marked(RESIDENT, "%s%s ?[1-8][0-9]{6}".formatted(OLD_ENOUGH, MONTH_DAY)));
        rewrites.add(marked(
                CARD, "(?:%s(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{3})?|%s|%s)".formatted(FOUR_OF_A_CARD, AMEX, DINERS)));
    }

    private static Rewrite marked(String mark, String shape) {
        return new Rewrite("%s(%s)\\b".formatted(BEFORE, shape), "${1}%s${2}%s".formatted(mark, END));
    }

    /** Digits behind a marked number, each as its weight says. */
    private static Rewrite weighed(String mark, List<String> weights) {
        String digits = String.join("[ -]?", java.util.Collections.nCopies(weights.size(), "([0-9])"));
        String behind = IntStream.range(0, weights.size())
                .mapToObj(i -> weights.get(i).replace("N", String.valueOf(i + 2)))
                .collect(Collectors.joining());
        return new Rewrite("%s(%s)%s".formatted(mark, digits, END), "%s${1}%s%s%s".formatted(mark, END, behind, END));
    }

    private static String each(String times) {
        return times.replace(ONCE, ONCE.concat("${N}"));
    }

    /** Luhn: from the right, every second digit is doubled. */
    private static List<String> luhn(int digits) {
        return IntStream.range(0, digits)
                .mapToObj(i -> ((digits - i) % 2 == 0 ? DOUBLED : ONCE).concat("${N}"))
                .toList();
    }

    private static void count(List<Rewrite> rewrites) {
        rewrites.add(new Rewrite("[%s%s]0".formatted(ONCE, DOUBLED), ""));
        for (int digit = 1; digit <= 9; digit++) {
            int twice = 2 * digit > 9 ? 2 * digit - 9 : 2 * digit;
            rewrites.add(new Rewrite("%s%d".formatted(ONCE, digit), STROKE.repeat(digit)));
            rewrites.add(new Rewrite("%s%d".formatted(DOUBLED, digit), STROKE.repeat(twice)));
        }
    }

    private static void decide(List<Rewrite> rewrites) {
        rewrites.add(
                new Rewrite("%1$s[^%2$s]*%2$s(?:%3$s{10})*%2$s".formatted(CARD, END, STROKE), SecretShapes.HIDDEN));
        // Strokes and check digit together leave 0 or 1 of eleven; 2 or 3 for people of other countries (digit 5 to 8).
        rewrites.add(new Rewrite(
                resident("[1-4]", "[1-9]", 0)
                        .concat("|")
                        .concat(resident("[1-4]", "[01]", 1))
                        .concat("|")
                        .concat(resident("[5-8]", "[3-9]", 2))
                        .concat("|")
                        .concat(resident("[5-8]", "[0-3]", 3)),
                SecretShapes.HIDDEN));
        rewrites.add(new Rewrite("[%1$s%2$s]([^%3$s]*)%3$s[^%3$s]*%3$s".formatted(CARD, RESIDENT, END), "${1}"));
    }

    private static String resident(String seventh, String last, int rest) {
        return "%1$s[0-9]{6} ?%2$s[0-9]{5}%3$s%4$s%5$s(?:%6$s{11})*%4$s"
                .formatted(RESIDENT, seventh, last, END, STROKE.repeat(rest), STROKE);
    }
}
