package io.meshwright.value;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An amount of CPU, memory or disk as Kubernetes writes it; {@code 1Gi} and {@code 1024Mi} compare as equal. */
@Doc("Amount such as 250m (CPU), 512Mi (memory) or 20Gi (disk).")
@Sample("128Mi")
public record Quantity(
        @Matches(
                regex = "(0|[1-9][0-9]{0,14})(\\.[0-9]{1,9})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?",
                says = "an amount such as 250m, 0.5, 512Mi or 20Gi")
        String value)
        implements Comparable<Quantity> {
    private static final Map<String, BigDecimal> UNITS = units();

    public Quantity {
        Bounds.check(Quantity.class, value);
    }

    public static Quantity of(String value) {
        return new Quantity(value);
    }

    /** An amount without unit, as a file may give CPU: {@code 2} or {@code 0.5}. */
    public static Quantity of(double value) {
        return new Quantity(Plain.number(value));
    }

    /** The amount in cores or bytes. */
    public BigDecimal amount() {
        String number = value.replaceAll("[A-Za-z]+$", "");
        return new BigDecimal(number).multiply(UNITS.get(value.substring(number.length())));
    }

    public boolean isZero() {
        return amount().signum() == 0;
    }

    /**
     * The amount, when it can be one of memory or disk: {@code 64m} is less than a byte, and 128 are no program's.
     *
     * @throws InvalidValue at {@code key} below a mebibyte
     */
    public static Quantity bytes(String key, Quantity quantity) {
        Require.that(
                quantity.isZero() || quantity.amount().compareTo(UNITS.get("Mi")) >= 0,
                key,
                "\"%s\" is less than a mebibyte".formatted(quantity),
                "write bytes with a unit, such as 64Mi or 10Gi");
        return quantity;
    }

    /**
     * The amount, when it can be one of CPU: {@code 64Mi} are millions of cores.
     *
     * @throws InvalidValue at {@code key} above a thousand cores
     */
    public static Quantity cores(String key, Quantity quantity) {
        Require.that(
                quantity.amount().compareTo(UNITS.get("k")) <= 0,
                key,
                "\"%s\" is more than a thousand cores".formatted(quantity),
                "write cores, such as 100m or 2");
        return quantity;
    }

    private static Map<String, BigDecimal> units() {
        Map<String, BigDecimal> units = new LinkedHashMap<>();
        units.put("", BigDecimal.ONE);
        units.put("m", new BigDecimal("0.001"));
        for (int power = 1; power <= 5; power++) {
            String prefix = "kMGTP".substring(power - 1, power);
            units.put(prefix, BigDecimal.valueOf(1000).pow(power));
            units.put(
                    prefix.toUpperCase(Locale.ROOT) + "i",
                    BigDecimal.valueOf(1024).pow(power));
        }
        return units;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount().compareTo(other.amount());
    }

    @Override
    public String toString() {
        return value;
    }
}
