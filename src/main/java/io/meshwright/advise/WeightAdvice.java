package io.meshwright.advise;

import io.meshwright.advise.Proposal.Edit;
import io.meshwright.advise.snapshot.Sample;
import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Canary;
import java.util.List;
import java.util.OptionalLong;

/** A new version that is not worse than the old one, and whose share can go on; the last of two versions is the new. */
final class WeightAdvice {
    private static final List<Integer> STEPS = List.of(10, 25, 50, 75, 100);
    private static final int ALL = 100;
    private static final int DEVIATIONS = 2;
    private static final double MOST = 0.95;

    private final Observed observed;
    private final Name name;
    private final Canary canary;

    private WeightAdvice(Observed observed, Name name, Canary canary) {
        this.observed = observed;
        this.name = name;
        this.canary = canary;
    }

    static void of(Observed observed, Name name, Advice advice) {
        if (observed.service(name).release() instanceof Canary canary
                && canary.versions().size() == 2) {
            int weight = canary.versions().get(1).weight().value();
            if (weight > 0 && weight < ALL) {
                new WeightAdvice(observed, name, canary).advise(weight, advice);
            }
        }
    }

    private void advise(int weight, Advice advice) {
        String subject = "weights of %s".formatted(name);
        Name old = canary.versions().get(0).name();
        Name young = canary.versions().get(1).name();
        double requests = count(VersionQueries.VERSION_REQUESTS, young);
        if (requests < Observed.LEAST_REQUESTS
                || count(VersionQueries.VERSION_REQUESTS, old) < Observed.LEAST_REQUESTS) {
            advice.untold(
                    subject,
                    "%s requests of %s in %d days, fewer than %s in one of the two versions"
                            .formatted(
                                    Numbers.count(requests),
                                    young,
                                    observed.days(),
                                    Numbers.count(Observed.LEAST_REQUESTS)));
            return;
        }
        if (samples(VersionQueries.VERSION_BEFORE, young).isEmpty()) {
            advice.untold(subject, "%s was not there for %d whole days".formatted(young, observed.days()));
            return;
        }
        double before = failed(old);
        double after = failed(young);
        double chance = DEVIATIONS * Math.sqrt(Math.max(before, 1 / requests) / requests);
        OptionalLong slow = latency(old).bound(MOST, 0);
        OptionalLong slower = latency(young).bound(MOST, 0);
        String failures = "%s of %s requests of %s failed, and %s of those of %s"
                .formatted(Numbers.percent(after), Numbers.count(requests), young, Numbers.percent(before), old);
        String times = slow.isEmpty() || slower.isEmpty()
                ? "95 % of the answers are within no bound of the histogram"
                : "95 %% of its answers came within %d ms, and within %d ms before"
                        .formatted(slower.getAsLong(), slow.getAsLong());
        if (after > before + chance || slow.isEmpty() || slower.isEmpty() || slower.getAsLong() > slow.getAsLong()) {
            advice.tell(subject, "%s; %s: %s stays at %d".formatted(failures, times, young, weight));
            return;
        }
        int next = STEPS.stream().filter(step -> step > weight).findFirst().orElse(ALL);
        KeyPath at = KeyPath.of("services").key(name.toString()).then("release.versions");
        advice.propose(new Proposal(
                List.of(
                        edit(at.index(0), canary.versions().get(0).weight().value(), ALL - next),
                        edit(at.index(1), weight, next)),
                List.of(failures, times),
                "%s fails for what few ask, or gets slow with more of the load: watch its share of failures at %d"
                        .formatted(young, next)));
    }

    private static Edit edit(KeyPath version, int from, int to) {
        return new Edit(version.key("weight"), Integer.toString(from), Integer.toString(to));
    }

    private double failed(Name version) {
        return count(VersionQueries.VERSION_FAILED, version) / count(VersionQueries.VERSION_REQUESTS, version);
    }

    private Histogram latency(Name version) {
        return new Histogram(
                "version-latency of %s %s".formatted(name, version), samples(VersionQueries.VERSION_LATENCY, version));
    }

    private double count(String query, Name version) {
        return samples(query, version).stream().mapToDouble(Sample::value).sum();
    }

    private List<Sample> samples(String query, Name version) {
        return observed.of(query, name).stream()
                .filter(sample -> sample.label("destination_version").equals(version.toString()))
                .toList();
    }
}
