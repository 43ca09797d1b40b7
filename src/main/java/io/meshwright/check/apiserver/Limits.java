package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.text.IpRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Bounds that hold in many places: ports, shares, what may stand once only. */
final class Limits {
    static final int LARGEST_PORT = 65_535;
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");

    private Limits() {}

    /** Refuses a number that is written and less. */
    static void atLeast(Field field, long least) {
        if (field.isNumber() && field.number() < least) {
            field.refuse("%d is less than %d".formatted(field.number(), least), "Write %d or more.".formatted(least));
        }
    }

    static void atLeastZero(Field parent, String... names) {
        List.of(names).forEach(name -> atLeast(parent.at(name), 0));
    }

    /** Refuses a number that is no port. */
    static void port(Field field) {
        if (field.isNumber() && (field.number() < 1 || field.number() > LARGEST_PORT)) {
            field.refuse(
                    "%d is no port".formatted(field.number()), "Write a number from 1 to %d.".formatted(LARGEST_PORT));
        }
    }

    /** Refuses a text that is written and no address. */
    static void address(Field field) {
        if (field.isSet() && IpRange.address(field.text()).isEmpty()) {
            field.refuse("\"%s\" is no address".formatted(field.text()), "Write one such as 192.0.2.7.");
        }
    }

    /** Refuses what is neither a port nor the name of one. */
    static void portOrName(Field field) {
        port(field);
        if (field.isSet() && !field.isNumber()) {
            Form.PORT_NAME.examine(field, field.text());
        }
    }

    /** Refuses what is neither a whole number from 0 nor a percentage. */
    static void share(Field field) {
        atLeast(field, 0);
        if (field.node().isTextual() && !PERCENT.matcher(field.text()).matches()) {
            field.refuse("\"%s\" is no number and no percentage".formatted(field.text()), "Write such as 1 or 25%.");
        }
    }

    static boolean isNoShare(Field field) {
        return field.isNumber()
                ? field.number() == 0
                : PERCENT.matcher(field.text()).matches()
                        && field.text().chars().allMatch(letter -> letter == '0' || letter == '%');
    }

    /** Refuses the second of two items that are the same in a way; an empty answer is no name. */
    static void once(List<Field> items, Function<Field, String> name, String field) {
        once(new HashSet<>(), items, name, field);
    }

    static void once(Set<String> seen, List<Field> items, Function<Field, String> name, String field) {
        for (Field item : items) {
            String key = name.apply(item);
            if (!key.isEmpty() && !seen.add(key)) {
                item.at(field)
                        .refuse(
                                "\"%s\" is written before"
                                        .formatted(item.at(field).text()),
                                "Write each once.");
            }
        }
    }

    /** Refuses a mapping that has more or fewer than one of the fields. */
    static void exactlyOne(Field mapping, String... names) {
        List<String> written =
                List.of(names).stream().filter(name -> mapping.at(name).isSet()).toList();
        if (mapping.node().isObject() && written.size() != 1) {
            mapping.refuse(
                    written.isEmpty()
                            ? "none of %s is written".formatted(String.join(", ", names))
                            : "%s do not go together".formatted(String.join(" and ", written)),
                    "Write exactly one of %s.".formatted(String.join(", ", names)));
        }
    }

    /** Refuses the field when it is not written, or empty. */
    static void needed(Field mapping, String name, String remedy) {
        if (mapping.node().isObject() && mapping.at(name).isEmpty()) {
            Field at = mapping.at(name).isSet() ? mapping.at(name) : mapping;
            at.refuse("there is no %s".formatted(name), remedy);
        }
    }
}
