package io.meshwright.advise;

import io.meshwright.advise.snapshot.ContainerQueries;
import io.meshwright.advise.snapshot.Sample;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;

/** The measured numbers of the containers of one name in the namespaces of the environment. */
final class Containers {
    private static final double MEBI = 1 << 20;
    private static final int SIXTEEN = 16;
    private static final int TENTH = 10;
    private static final double MOST_GAPS = 0.1;
    private static final int HOURS_OF_DAY = 24;

    private final Observed observed;
    private final String container;
    private final Optional<String> namespace;

    private Containers(Observed observed, String container, Optional<String> namespace) {
        this.observed = observed;
        this.container = container;
        this.namespace = namespace;
    }

    static Containers of(Observed observed, Name service) {
        Service its = observed.service(service);
        return new Containers(
                observed,
                its.workloadName(service.toString()),
                Optional.of(its.namespace().toString()));
    }

    static Containers sidecars(Observed observed) {
        return new Containers(observed, ContainerQueries.SIDECAR, Optional.empty());
    }

    /** The largest of an answer; empty where there is no sample. */
    OptionalDouble most(String query) {
        return observed
                .samples(
                        query,
                        sample -> sample.label("container").equals(container)
                                && namespace
                                        .filter(name ->
                                                !sample.label("namespace").equals(name))
                                        .isEmpty())
                .stream()
                .mapToDouble(Sample::value)
                .max();
    }

    /** Why nothing can be told of them; empty where a week was seen. */
    Optional<String> tooLittle() {
        if (most(ContainerQueries.MEMORY).isEmpty()
                || most(ContainerQueries.CPU).isEmpty()) {
            return Optional.of("nothing was measured of its containers");
        }
        if (most(ContainerQueries.CONTAINER_BEFORE).isEmpty()) {
            return Optional.of("its containers were not there on the day before, so not for %d whole days"
                    .formatted(observed.days()));
        }
        double hours = most(ContainerQueries.CONTAINER_HOURS).orElse(0);
        double all = (double) observed.days() * HOURS_OF_DAY;
        return hours < all * (1 - MOST_GAPS)
                ? Optional.of("its containers were measured in %s of %s hours"
                        .formatted(Numbers.count(hours), Numbers.count(all)))
                : Optional.empty();
    }

    /** As a file has it, rounded up: {@code 112Mi}. */
    static String mebibytes(double bytes) {
        return "%dMi".formatted((long) Math.ceil(bytes / MEBI / SIXTEEN) * SIXTEEN);
    }

    /** As a file has it, rounded up: {@code 60m}. */
    static String cores(double cores) {
        return "%dm"
                .formatted(Math.max(
                                1,
                                BigDecimal.valueOf(cores * 1000 / TENTH)
                                        .setScale(0, RoundingMode.CEILING)
                                        .longValue())
                        * TENTH);
    }

    /** As a sentence has it: {@code 0.42 cores}. */
    static String spokenCores(double cores) {
        return "%s cores".formatted(Numbers.rough(cores));
    }

    /** As a sentence has it: {@code 93 Mi}. */
    static String spokenBytes(double bytes) {
        return "%s Mi".formatted(Numbers.count(bytes / MEBI));
    }
}
