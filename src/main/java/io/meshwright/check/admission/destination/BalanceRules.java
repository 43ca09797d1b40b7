package io.meshwright.check.admission.destination;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Span;
import java.math.BigInteger;
import java.util.Set;
import java.util.TreeSet;

/** Rules for the way in which a policy spreads requests over the pods of a service. */
final class BalanceRules {
    private static final long LARGEST_TABLE = 5_000_011;
    private static final int SURE = 60;

    private BalanceRules() {}

    static void examine(Field balancer) {
        hash(balancer.at("consistentHash"));
        LocalityRules.examine(balancer.at("localityLbSetting"));
        warmup(balancer.at("warmup"));
    }

    private static void hash(Field hash) {
        Field cookie = hash.at("httpCookie");
        if (cookie.isSet() && cookie.at("name").isEmpty()) {
            cookie.at("name").refuse("the cookie has no name", "Name it.");
        }
        attributes(cookie.at("attributes"));
        Field ring = hash.at("minimumRingSize");
        if (ring.number() != 0) {
            ring.warn("minimumRingSize is deprecated here", "Write ringHash.minimumRingSize.");
            if (hash.at("maglev").isSet() || hash.at("ringHash").isSet()) {
                ring.refuse("the size of the ring is written beside maglev or ringHash", "Remove minimumRingSize.");
            }
        }
        if (hash.at("maglev").isSet()) {
            Field size = hash.at("maglev").at("tableSize");
            boolean prime = BigInteger.valueOf(size.number()).isProbablePrime(SURE) || size.number() == 1;
            if (size.number() >= LARGEST_TABLE || !prime) {
                size.refuse(
                        "%d is no size of a Maglev table".formatted(size.number()),
                        "Write a prime number below %d, such as 65537.".formatted(LARGEST_TABLE));
            }
        }
    }

    private static void attributes(Field attributes) {
        Set<String> names = new TreeSet<>();
        for (Field attribute : attributes.items()) {
            Field name = attribute.at("name");
            if (name.isEmpty()) {
                name.refuse("the attribute has no name", "Name it, such as SameSite.");
            } else if (!names.add(name.text())) {
                name.refuse("the cookie has \"%s\" already".formatted(name.text()), "Keep one of the two.");
            }
        }
    }

    private static void warmup(Field warmup) {
        if (!warmup.isSet()) {
            return;
        }
        if (!warmup.at("duration").isSet()) {
            warmup.refuse("it is not said how long a new pod is spared", "Write duration.");
        }
        Span.examine(warmup.at("duration"));
        if (warmup.at("minimumPercent").real() > 100) {
            warmup.at("minimumPercent")
                    .refuse(
                            "%s is more than everything"
                                    .formatted(warmup.at("minimumPercent").real()),
                            "Write a percentage from 0 to 100.");
        }
        Field aggression = warmup.at("aggression");
        boolean slow = aggression.version().takesSlowWarmups();
        if (aggression.isSet() && !slow && aggression.real() < 1) {
            aggression.refuse("%s is below 1".formatted(aggression.real()), "Write 1 or more.");
        } else if (aggression.isSet() && aggression.real() <= 0) {
            aggression.refuse("%s is not above 0".formatted(aggression.real()), "Write more than 0.");
        }
    }
}
