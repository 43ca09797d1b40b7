package io.meshwright.advise;

import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.environment.Istio.MeshTelemetry;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import java.util.List;
import java.util.OptionalDouble;

/** A share of traces that fills the disk, or one of which a day has next to none. */
final class SamplingAdvice {
    private static final List<Double> SHARES = List.of(0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
    private static final double MOST_A_SECOND = 10;
    private static final double LEAST_AN_HOUR = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final int ALL = 100;

    private SamplingAdvice() {}

    static void of(Observed observed, Advice advice) {
        MeshTelemetry telemetry = observed.environment().istio().telemetry();
        double entered = observed.meshed().stream()
                .mapToDouble(service -> observed.count(VersionQueries.ENTERED, service))
                .sum();
        double rate = entered / observed.days() / DAY;
        double sampling = telemetry.sampling();
        if (sampling == 0 || entered < Observed.LEAST_REQUESTS) {
            return;
        }
        OptionalDouble wanted = wanted(rate, sampling);
        if (wanted.isEmpty()) {
            return;
        }
        boolean own = telemetry.namespaces().values().stream().anyMatch(each -> each.sampling() != null);
        if (own) {
            advice.untold("sampling", "a namespace has its own, and no metric tells which one made the traces");
            return;
        }
        boolean less = wanted.getAsDouble() < sampling;
        advice.propose(Proposal.of(
                KeyPath.of("istio.telemetry.sampling"),
                Plain.number(sampling),
                Plain.number(wanted.getAsDouble()),
                List.of("%s requests entered in %d days, %s a second: %s traces %s today, and %s with the change"
                        .formatted(
                                Numbers.count(entered),
                                observed.days(),
                                Numbers.rough(rate),
                                spoken(rate, sampling, less),
                                less ? "a second" : "an hour",
                                spoken(rate, wanted.getAsDouble(), less))),
                less
                        ? "somebody looks for single requests by their trace, and not for kinds of them"
                        : "the spans of one request are so many that the collector refuses them"));
    }

    private static OptionalDouble wanted(double rate, double sampling) {
        if (rate * sampling / ALL > MOST_A_SECOND) {
            return SHARES.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(share -> rate * share / ALL <= MOST_A_SECOND)
                    .max();
        }
        if (rate * sampling / ALL * HOUR < LEAST_AN_HOUR) {
            return SHARES.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(share -> rate * share / ALL * HOUR >= LEAST_AN_HOUR)
                    .min();
        }
        return OptionalDouble.empty();
    }

    private static String spoken(double rate, double share, boolean aSecond) {
        return Numbers.rough(rate * share / ALL * (aSecond ? 1 : HOUR));
    }
}
