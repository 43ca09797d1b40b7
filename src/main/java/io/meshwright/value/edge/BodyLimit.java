package io.meshwright.value.edge;

import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Plain;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import java.math.BigDecimal;

/** The length of a request's body that is taken where a proxy keeps it until its end; 413 answers a longer one. */
@Doc("How many bytes a request's body may have, such as 10Mi; 413 answers a longer one; none: as many as it likes.")
@Sample("10Mi")
public record BodyLimit(
        @Matches(regex = "none|[1-9][0-9]{0,9}(k|M|Ki|Mi)", says = "bytes with a unit, such as 512Ki or 10Mi, or none")
        String value) {
    private static final String NONE = "none";
    private static final BigDecimal LEAST = Quantity.of("1Ki").amount();
    private static final BigDecimal MOST = Quantity.of("256Mi").amount();

    public BodyLimit {
        Bounds.check(BodyLimit.class, value);
        Require.that(
                value.equals(NONE)
                        || amount(value).compareTo(LEAST) >= 0 && amount(value).compareTo(MOST) <= 0,
                "",
                "%s is not between 1Ki and 256Mi, and a gateway pod keeps as much of each request"
                        .formatted(Plain.quoted(value)),
                "write such as 10Mi; for long uploads, none on their route");
    }

    public static BodyLimit of(String value) {
        return new BodyLimit(value);
    }

    /** True if the body may have any length. */
    public boolean isNone() {
        return value.equals(NONE);
    }

    /** The limit in bytes. */
    public long bytes() {
        return amount(value).longValueExact();
    }

    private static BigDecimal amount(String value) {
        return Quantity.of(value).amount();
    }

    @Override
    public String toString() {
        return value;
    }
}
