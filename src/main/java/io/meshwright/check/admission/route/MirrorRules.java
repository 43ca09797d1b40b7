package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.DestinationReference;

/** Checks to whom a route sends copies of its requests, and how many of them. */
final class MirrorRules {
    private static final int ALL = 100;
    private static final String REMEDY = "Write a percentage from 0 to 100.";

    private MirrorRules() {}

    static void examine(Field route) {
        Field old = route.at("mirrorPercent");
        if (old.number() > ALL) {
            old.refuse("%d is more than everything".formatted(old.number()), REMEDY);
        }
        if (old.isSet()) {
            old.warn("mirrorPercent is deprecated", "Write mirrorPercentage.value.");
        }
        percentage(route.at("mirrorPercentage"));
        DestinationReference.examine(route.at("mirror"));
        for (Field mirror : route.at("mirrors").items()) {
            if (mirror.at("destination").isSet()) {
                DestinationReference.examine(mirror.at("destination"));
                percentage(mirror.at("percentage"));
            } else {
                mirror.refuse("the mirror has no destination", "Write destination.host.");
            }
        }
    }

    private static void percentage(Field percentage) {
        double value = percentage.at("value").real();
        if (value < 0 || value > ALL) {
            percentage.at("value").refuse("%s is no percentage".formatted(value), REMEDY);
        }
    }
}
