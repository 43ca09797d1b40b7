package io.meshwright.environment.reader;

import io.meshwright.value.Plain;
import java.math.BigDecimal;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Takes one scalar as exactly the kind that is wanted; a text that reads as a number has to be quoted. */
final class Scalars {
    private static final int LONGEST_NUMBER = 40;
    private static final String WHOLE = "[-+]?(0|[1-9][0-9]*)";
    private static final String DECIMAL = "[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?";

    private final Problems problems;

    Scalars(Problems problems) {
        this.problems = problems;
    }

    Optional<String> text(Spot spot) {
        if (spot.isText()) {
            return Optional.of(spot.text());
        }
        boolean scalar = spot.node() instanceof ScalarNode;
        String remedy = scalar ? "put it in quotes to mean the text: \"%s\"".formatted(spot.text()) : "give a text";
        return refuse(spot, spot.found(), remedy);
    }

    Optional<Integer> integer(Spot spot) {
        return whole(spot, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
    }

    Optional<Long> whole(Spot spot) {
        return whole(spot, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    Optional<Double> number(Spot spot) {
        if (isNumber(spot)
                && spot.text().length() <= LONGEST_NUMBER
                && spot.text().matches(DECIMAL)) {
            double number = Double.parseDouble(spot.text());
            return Double.isInfinite(number)
                    ? refuse(spot, "is too large", "give a smaller number")
                    : Optional.of(number);
        }
        return refuse(
                spot,
                isNumber(spot) ? "%s is not a decimal number".formatted(Plain.quoted(spot.text())) : spot.found(),
                "give a number such as 0.5%s".formatted(unquoted(spot)));
    }

    Optional<Boolean> truth(Spot spot) {
        if (is(spot, Tag.BOOL) && spot.text().matches("true|false")) {
            return Optional.of(Boolean.valueOf(spot.text()));
        }
        return refuse(spot, spot.found(), "give true or false%s".formatted(unquoted(spot)));
    }

    private Optional<Long> whole(Spot spot, long min, long max) {
        if (!is(spot, Tag.INT) || !spot.text().matches(WHOLE)) {
            String problem = isNumber(spot)
                    ? "%s is not a plain whole number".formatted(Plain.quoted(spot.text()))
                    : spot.found();
            return refuse(spot, problem, "give a whole number such as 3%s".formatted(unquoted(spot)));
        }
        BigDecimal number = new BigDecimal(spot.text());
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            return refuse(
                    spot,
                    "%s is out of range".formatted(Plain.quoted(spot.text())),
                    "give a whole number from %d to %d".formatted(min, max));
        }
        return Optional.of(number.longValueExact());
    }

    private static boolean isNumber(Spot spot) {
        return is(spot, Tag.INT) || is(spot, Tag.FLOAT);
    }

    private static boolean is(Spot spot, Tag tag) {
        return spot.node() instanceof ScalarNode && spot.node().getTag().equals(tag);
    }

    private static String unquoted(Spot spot) {
        return spot.node() instanceof ScalarNode scalar && !scalar.isPlain() ? " without quotes" : "";
    }

    private <T> Optional<T> refuse(Spot spot, String problem, String remedy) {
        problems.add(spot, problem, remedy);
        return Optional.empty();
    }
}
