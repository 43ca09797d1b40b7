package io.meshwright.environment.reader;

import io.meshwright.value.Plain;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes one scalar whatever it says, for keys that another program reads; only what could change its meaning is
 * refused.
 */
final class FreeForm {
    private final Scalars scalars;
    private final Problems problems;

    FreeForm(Problems problems) {
        this.scalars = new Scalars(problems);
        this.problems = problems;
    }

    Optional<?> bind(PlacedNode placed) {
        Tag tag = placed.node().getTag();
        if (tag.equals(Tag.INT)) {
            return scalars.whole(placed).map(FreeForm::narrow);
        } else if (tag.equals(Tag.FLOAT)) {
            return exact(placed);
        } else if (tag.equals(Tag.BOOL)) {
            return scalars.truth(placed);
        }
        return scalars.text(placed);
    }

    private static Number narrow(long value) {
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }

    private Optional<Double> exact(PlacedNode placed) {
        Optional<Double> number = scalars.number(placed);
        if (number.isEmpty()
                || placed.text().equals(Plain.number(number.get()))
                || placed.text().equals(number.get().toString())) {
            return number;
        }
        problems.add(
                placed,
                "%s would become %s".formatted(Plain.quoted(placed.text()), Plain.number(number.get())),
                "put it in quotes to mean the text, or write the number so");
        return Optional.empty();
    }
}
