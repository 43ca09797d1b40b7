package io.meshwright.plan.delivery;

import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells of one kind's fields which changes the API server refuses. */
interface FieldRule {
    /** The way around where a whole object has to be made again. */
    String ANEW =
            "delete the object first, or give the new one another name and remove this one when it has taken over";

    /** The way around; empty where the change is taken. */
    Optional<String> remedy(ObjectChange.Changed changed, FieldChange field);

    /** Refuses each change of a field, and of what is below it. */
    static FieldRule fixed(String remedy, String... path) {
        return (changed, field) -> field.isBelow(path) ? Optional.of(remedy) : Optional.empty();
    }

    /** The first of several that refuses. */
    static FieldRule any(FieldRule... rules) {
        return (changed, field) -> Stream.of(rules)
                .flatMap(rule -> rule.remedy(changed, field).stream())
                .findFirst();
    }
}
