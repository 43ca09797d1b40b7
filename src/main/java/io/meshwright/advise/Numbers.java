package io.meshwright.advise;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes measured numbers: the same everywhere, and no finer than they are. */
final class Numbers {
    private Numbers() {}

    /** {@code 120,431}: increase() extrapolates, so parts of one mean nothing. */
    static String count(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** {@code 0.41 %}, of a share from 0 to 1; rounded down near the whole, which it is not. */
    static String percent(double share) {
        boolean nearWhole = share < 1 && share > 0.99;
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        BigDecimal rounded = nearWhole
                ? percent.setScale(3, RoundingMode.DOWN)
                : percent.round(new MathContext(2, RoundingMode.HALF_UP));
        return plain(rounded).concat(" %");
    }

    /** {@code 12.4}, to three digits. */
    static String rough(double value) {
        return plain(BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP)));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
