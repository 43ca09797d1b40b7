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

    Optional<String> text(PlacedNode placed) {
        if (placed.isText()) {
            return Optional.of(placed.text());
        }
        boolean scalar = placed.node() instanceof ScalarNode;
        String remedy = scalar ? "put it in quotes to mean the text: \"%s\"".formatted(placed.text()) : "give a text";
        return refuse(placed, placed.found(), remedy);
    }

    Optional<Integer> integer(PlacedNode placed) {
        return whole(placed, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
    }

    Optional<Long> whole(PlacedNode placed) {
        return whole(placed, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    Optional<Double> number(PlacedNode placed) {
        if (isNumber(placed)
                && placed.text().length() <= LONGEST_NUMBER
                && placed.text().matches(DECIMAL)) {
            double number = Double.parseDouble(placed.text());
            return Double.isInfinite(number)
                    ? refuse(placed, "is too large", "give a smaller number")
                    : Optional.of(number);
        }
        return refuse(
                placed,
                isNumber(placed) ? "%s is not a decimal number".formatted(Plain.quoted(placed.text())) : placed.found(),
                "give a number such as 0.5%s".formatted(unquoted(placed)));
    }

    Optional<Boolean> truth(PlacedNode placed) {
        if (is(placed, Tag.BOOL) && placed.text().matches("true|false")) {
            return Optional.of(Boolean.valueOf(placed.text()));
        }
        return refuse(placed, placed.found(), "give true or false%s".formatted(unquoted(placed)));
    }

    private Optional<Long> whole(PlacedNode placed, long min, long max) {
        if (!is(placed, Tag.INT) || !placed.text().matches(WHOLE)) {
            String problem = isNumber(placed)
                    ? "%s is not a plain whole number".formatted(Plain.quoted(placed.text()))
                    : placed.found();
            return refuse(placed, problem, "give a whole number such as 3%s".formatted(unquoted(placed)));
        }
        BigDecimal number = new BigDecimal(placed.text());
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            return refuse(
                    placed,
                    "%s is out of range".formatted(Plain.quoted(placed.text())),
                    "give a whole number from %d to %d".formatted(min, max));
        }
        return Optional.of(number.longValueExact());
    }

    private static boolean isNumber(PlacedNode placed) {
        return is(placed, Tag.INT) || is(placed, Tag.FLOAT);
    }

    private static boolean is(PlacedNode placed, Tag tag) {
        return placed.node() instanceof ScalarNode && placed.node().getTag().equals(tag);
    }

    private static String unquoted(PlacedNode placed) {
        return placed.node() instanceof ScalarNode scalar && !scalar.isPlain() ? " without quotes" : "";
    }

    private <T> Optional<T> refuse(PlacedNode placed, String problem, String remedy) {
        problems.add(placed, problem, remedy);
        return Optional.empty();
    }
}
