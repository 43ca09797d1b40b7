package io.meshwright.check.cel;

import static io.meshwright.check.cel.Functions.parsed;

import io.meshwright.check.cel.Functions.Type;
import io.meshwright.check.text.Amount;
import java.math.BigDecimal;

/** The functions on amounts of resources. */
final class QuantityFunctions {
    private static final Type<Amount> AMOUNT = Type.of("Quantity", Amount.class);

    private QuantityFunctions() {}

    static void addTo(Functions functions) {
        functions
                .function(
                        "quantity",
                        Type.TEXT,
                        AMOUNT,
                        text -> amount(parsed(Amount.of(text), text, "quantity").value()))
                .function(
                        "isQuantity",
                        Type.TEXT,
                        Type.TRUTH,
                        text -> Amount.of(text).isPresent())
                .method("sign", AMOUNT, Type.NUMBER, amount ->
                        (long) amount.value().signum())
                .method("isInteger", AMOUNT, Type.TRUTH, QuantityFunctions::isInteger)
                .method(
                        "asInteger",
                        AMOUNT,
                        Type.NUMBER,
                        amount -> amount.value().longValueExact())
                .method(
                        "asApproximateFloat",
                        AMOUNT,
                        Type.REAL,
                        amount -> amount.value().doubleValue())
                .method("isGreaterThan", AMOUNT, AMOUNT, Type.TRUTH, (one, other) -> one.compareTo(other) > 0)
                .method("isLessThan", AMOUNT, AMOUNT, Type.TRUTH, (one, other) -> one.compareTo(other) < 0)
                .method("compareTo", AMOUNT, AMOUNT, Type.NUMBER, (one, other) -> (long) one.compareTo(other))
                .method(
                        "add",
                        AMOUNT,
                        AMOUNT,
                        AMOUNT,
                        (one, other) -> amount(one.value().add(other.value())))
                .method(
                        "add",
                        AMOUNT,
                        Type.NUMBER,
                        AMOUNT,
                        (one, other) -> amount(one.value().add(BigDecimal.valueOf(other))))
                .method(
                        "sub",
                        AMOUNT,
                        AMOUNT,
                        AMOUNT,
                        (one, other) -> amount(one.value().subtract(other.value())))
                .method(
                        "sub",
                        AMOUNT,
                        Type.NUMBER,
                        AMOUNT,
                        (one, other) -> amount(one.value().subtract(BigDecimal.valueOf(other))));
    }

    private static boolean isInteger(Amount amount) {
        try {
            return amount.value().longValueExact() == amount.value().longValue();
        } catch (ArithmeticException fraction) {
            return false;
        }
    }

    /** Without trailing zeros, by which equal decimals would differ. */
    private static Amount amount(BigDecimal value) {
        return new Amount(value.stripTrailingZeros());
    }
}
