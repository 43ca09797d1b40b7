package io.meshwright.mesh.demand;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Some CPU and some memory.
 *
 * @param cpu in cores
 * @param memory in bytes
 */
public record Amount(BigDecimal cpu, BigDecimal memory) {
    public static final Amount NONE = new Amount(BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1L << 20);
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

    public static Amount of(Quantity cpu, Quantity memory) {
        return new Amount(cpu.amount(), memory.amount());
    }

    /** As a map with {@code cpu} and {@code memory} says; nothing for what it leaves out or writes otherwise. */
    static Amount of(JsonNode amounts) {
        return new Amount(amount(amounts.path("cpu")), amount(amounts.path("memory")));
    }

    /** Requests of a container, which are its limits where it says these alone (kubernetes.io, LimitRange). */
    static Amount requested(JsonNode resources) {
        JsonNode requests = resources.path("requests");
        JsonNode limits = resources.path("limits");
        return new Amount(
                amount(requests.has("cpu") ? requests.path("cpu") : limits.path("cpu")),
                amount(requests.has("memory") ? requests.path("memory") : limits.path("memory")));
    }

    private static BigDecimal amount(JsonNode quantity) {
        if (!quantity.isValueNode() || quantity.isNull()) {
            return BigDecimal.ZERO;
        }
        try {
            return Quantity.of(quantity.asText()).amount();
        } catch (InvalidValue foreign) {
            return BigDecimal.ZERO;
        }
    }

    /** Both together. */
    public Amount plus(Amount other) {
        return new Amount(cpu.add(other.cpu), memory.add(other.memory));
    }

    /** The rest; never less than nothing. */
    Amount minus(Amount other) {
        return new Amount(
                cpu.subtract(other.cpu).max(BigDecimal.ZERO),
                memory.subtract(other.memory).max(BigDecimal.ZERO));
    }

    /** As much for each of so many. */
    public Amount times(int count) {
        BigDecimal factor = BigDecimal.valueOf(count);
        return new Amount(cpu.multiply(factor), memory.multiply(factor));
    }

    /** Of each the larger. */
    Amount larger(Amount other) {
        return new Amount(cpu.max(other.cpu), memory.max(other.memory));
    }

    /** True if there is as much of each. */
    public boolean fitsInto(Amount room) {
        return cpu.compareTo(room.cpu) <= 0 && memory.compareTo(room.memory) <= 0;
    }

    public boolean isNone() {
        return cpu.signum() == 0 && memory.signum() == 0;
    }

    /** Cores with at most three digits behind the point: {@code 3.86}. */
    public String cpuText() {
        return plain(cpu, 3);
    }

    /** {@code 7.6 Gi}, or {@code 512 Mi} below a gibibyte. */
    public String memoryText() {
        return memory.compareTo(GIBIBYTE) < 0
                ? plain(memory.divide(MEBIBYTE, 6, RoundingMode.HALF_UP), 0).concat(" Mi")
                : plain(memory.divide(GIBIBYTE, 6, RoundingMode.HALF_UP), 1).concat(" Gi");
    }

    private static String plain(BigDecimal number, int digits) {
        BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
