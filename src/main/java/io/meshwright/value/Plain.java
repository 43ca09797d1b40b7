package io.meshwright.value;

import java.math.BigDecimal;

/** The form of a value inside an error or a manifest. */
public final class Plain {
    private static final int LONGEST = 60;

    private Plain() {}

    /** Without exponent and without trailing zeros: {@code 1}, {@code 0.5}. */
    public static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
        return number.signum() == 0 ? "0" : number.toPlainString();
    }

    /** In quotes, on one line, cut where it is too long to help. */
    public static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                text.append("\\u%04x".formatted(c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append(value.codePointCount(0, value.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }
}
