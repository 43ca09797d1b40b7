package io.meshwright.rehearsal.tunnel.drawn;

import java.util.List;
import java.util.Random;

/** Chance that comes out the same for the same seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    /** Whether something of that many percent happens. */
    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From one bound to the other, both of which count. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
