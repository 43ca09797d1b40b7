package io.meshwright.check.cel;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version by semver.org 2.0.0; what is built of it does not count in comparisons. */
record Semver(BigInteger major, BigInteger minor, BigInteger patch, List<String> before) implements Comparable<Semver> {
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String WORDS = "[-0-9A-Za-z]+(?:\\.[-0-9A-Za-z]+)*";
    private static final Pattern FORM =
            Pattern.compile("%1$s\\.%1$s\\.%1$s(?:-(%2$s))?(?:\\+%2$s)?".formatted(NUMBER, WORDS));
    private static final Pattern LOOSE = Pattern.compile("v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?([-+].*)?");
    private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9]+");

    static Optional<Semver> of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<String> before =
                parts.group(4) == null ? List.of() : List.of(parts.group(4).split("\\."));
        return before.stream().anyMatch(word -> LEADING_ZERO.matcher(word).matches())
                ? Optional.empty()
                : Optional.of(new Semver(
                        new BigInteger(parts.group(1)),
                        new BigInteger(parts.group(2)),
                        new BigInteger(parts.group(3)),
                        before));
    }

    /** The same after a leading v and leading zeros are dropped and missing numbers are added. */
    static Optional<Semver> normalized(String text) {
        Matcher parts = LOOSE.matcher(text);
        return parts.matches()
                ? of("%s.%s.%s%s"
                        .formatted(
                                number(parts.group(1)),
                                number(parts.group(2)),
                                number(parts.group(3)),
                                Optional.ofNullable(parts.group(4)).orElse("")))
                : Optional.empty();
    }

    private static BigInteger number(String digits) {
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    @Override
    public int compareTo(Semver other) {
        int order = major.compareTo(other.major);
        order = order != 0 ? order : minor.compareTo(other.minor);
        order = order != 0 ? order : patch.compareTo(other.patch);
        if (order != 0 || before.isEmpty() || other.before.isEmpty()) {
            return order != 0 ? order : Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int index = 0; index < Math.min(before.size(), other.before.size()); index++) {
            int word = compare(before.get(index), other.before.get(index));
            if (word != 0) {
                return word;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static int compare(String one, String other) {
        boolean number = one.chars().allMatch(Character::isDigit);
        boolean both = number && other.chars().allMatch(Character::isDigit);
        if (both) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number != other.chars().allMatch(Character::isDigit)
                ? number ? -1 : 1
                : Integer.signum(one.compareTo(other));
    }
}
