package io.meshwright.advise;

import io.meshwright.advise.snapshot.Sample;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Counts of answers that took at most so long. Its bounds are all that it knows: no value between two of them. */
final class Histogram {
    private final NavigableMap<Double, Double> counts = new TreeMap<>();

    /**
     * @param samples by their label le, in milliseconds; each counts the ones below it too
     * @throws InvalidValue at {@code subject} where no sample counts all
     */
    Histogram(String subject, List<Sample> samples) {
        for (Sample sample : samples) {
            counts.merge(bound(subject, sample.label("le")), sample.value(), Double::sum);
        }
        if (!counts.containsKey(Double.POSITIVE_INFINITY)) {
            throw new InvalidValue(subject, "has no bucket le=\"+Inf\"", "take the snapshot again");
        }
        // Series begin and end at different times, and increase() extrapolates each by itself.
        double most = 0;
        for (Map.Entry<Double, Double> entry : counts.entrySet()) {
            most = Math.max(most, entry.getValue());
            entry.setValue(most);
        }
    }

    private static double bound(String subject, String text) {
        try {
            return "+Inf".equals(text) ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException none) {
            throw new InvalidValue(subject, "has a bucket without a number in le", "take the snapshot again");
        }
    }

    double all() {
        return counts.lastEntry().getValue();
    }

    /** Answers that took longer than a bound, or than the nearest one below it. */
    double above(double millis) {
        Map.Entry<Double, Double> below = counts.floorEntry(millis);
        return all() - (below == null ? 0 : below.getValue());
    }

    /** Share that took at most that long, surely: by the nearest bound below it. */
    double within(double millis) {
        return all() == 0 ? 0 : 1 - above(millis) / all();
    }

    /** The least bound, from a time on, that holds this share of all answers. */
    OptionalLong bound(double share, double from) {
        return counts.keySet().stream()
                .filter(bound -> bound >= from && Double.isFinite(bound) && within(bound) >= share)
                .mapToLong(bound -> (long) Math.ceil(bound))
                .findFirst();
    }
}
