package io.meshwright.check.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Optional;

/** An amount of a resource as the API server reads it (apimachinery, resource.Quantity), in cores, bytes or pieces. */
public record Amount(BigDecimal value) implements Comparable<Amount> {
    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?");
    private static final String SMALL = "mun";
    private static final String DECIMAL = "kMGTPE";
    private static final String BINARY = "KMGTPE";

    /** Empty when the text is none. */
    public static Optional<Amount> of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String number = parts.group(1).endsWith(".") ? parts.group(1).concat("0") : parts.group(1);
        return Optional.of(new Amount(new BigDecimal(number).multiply(unit(parts.group(2)))));
    }

    /** The same for a number, as a file may write it, or a text. */
    public static Optional<Amount> of(JsonNode value) {
        return value.isNumber() || value.isTextual() ? of(value.asText()) : Optional.empty();
    }

    private static BigDecimal unit(String suffix) {
        if (suffix == null) {
            return BigDecimal.ONE;
        }
        if (suffix.endsWith("i")) {
            return BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix.charAt(0)) + 1);
        }
        if (suffix.length() > 1) {
            return BigDecimal.ONE.scaleByPowerOfTen(
                    Integer.parseInt(suffix.substring(1).replace("+", "")));
        }
        int small = SMALL.indexOf(suffix);
        return BigDecimal.ONE.scaleByPowerOfTen(3 * (small >= 0 ? -small - 1 : DECIMAL.indexOf(suffix) + 1));
    }

    @Override
    public int compareTo(Amount other) {
        return value.compareTo(other.value);
    }
}
