package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.text.Amount;
import java.math.BigDecimal;
import java.util.List;

/** Writes amounts of resources in one way that people read: 0.5Gi, 512Mi and 536870912 are 512Mi. */
final class Amounts {
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    /** From mebibytes on: what is counted in pieces is never so much. */
    private static final List<String> UNITS = List.of("Mi", "Gi", "Ti", "Pi", "Ei");

    private Amounts() {}

    /** Every amount of a mapping by resource; what is none stays, since the schema reports it. */
    static void tidy(JsonNode amounts) {
        if (amounts instanceof ObjectNode written) {
            written.properties()
                    .forEach(entry -> Amount.of(entry.getValue())
                            .ifPresent(amount -> entry.setValue(written.textNode(text(amount.value())))));
        }
    }

    private static String text(BigDecimal amount) {
        String unit = "";
        BigDecimal rest = amount;
        BigDecimal next = amount.divide(KIBI.multiply(KIBI));
        for (String bigger : UNITS) {
            if (amount.signum() == 0 || !isWhole(next)) {
                break;
            }
            rest = next;
            unit = bigger;
            next = rest.divide(KIBI);
        }
        BigDecimal milli = amount.movePointRight(3);
        return isWhole(amount) || !isWhole(milli)
                ? plain(rest).concat(unit)
                : plain(milli).concat("m");
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
