package io.meshwright.advise;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.environment.Service;
import io.meshwright.value.Duration;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A timeout far above what any answer takes: callers wait for what does not come, with a connection each. Only shorter
 * ones are proposed, since what takes longer than the present one was never seen.
 */
final class TimeoutAdvice {
    private static final double MOST_CUT_OFF = 0.001;
    private static final double NEARLY_ALL = 0.999;
    private static final double ALL_BUT_FEW = 0.9999;
    private static final int LEAST_MILLIS = 1000;

    private final Observed observed;
    private final Name name;
    private final Advice advice;

    private TimeoutAdvice(Observed observed, Name name, Advice advice) {
        this.observed = observed;
        this.name = name;
        this.advice = advice;
    }

    static void of(Observed observed, Name service, Advice advice) {
        new TimeoutAdvice(observed, service, advice).advise();
    }

    /** The timeout in force, where it is written or would be, and the tries that share it. */
    private record Present(Duration timeout, KeyPath key, Retries retries) {}

    private void advise() {
        Optional<String> why = notToBeTold();
        if (why.isPresent()) {
            advice.untold("timeout of %s".formatted(name), why.get());
            return;
        }
        Present present = present();
        Histogram latency = new Histogram("latency of %s".formatted(name), observed.of(Queries.LATENCY, name));
        OptionalLong usual = latency.bound(NEARLY_ALL, 0);
        if (present.timeout().isZero() || usual.isEmpty()) {
            return;
        }
        int tries = present.retries().isNone() ? 1 : present.retries().attempts() + 1;
        // Each try has its share of the time, unless it has a time of its own.
        double least = Math.max(LEAST_MILLIS, usual.getAsLong() * (double) Math.max(2, tries));
        OptionalLong enough = latency.bound(ALL_BUT_FEW, least);
        if (enough.isPresent() && enough.getAsLong() * 2 <= present.timeout().millis()) {
            advice.propose(proposal(present, latency, usual.getAsLong(), enough.getAsLong(), tries));
        }
    }

    private Optional<String> notToBeTold() {
        if (observed.streams(name)) {
            return Optional.of("its streams are counted with its other answers");
        }
        if (observed.routes(name) > 1) {
            return Optional.of("no metric tells its %d routes apart, and one that few ask would be cut off"
                    .formatted(observed.routes(name)));
        }
        double timedOut = observed.share(Queries.TIMED_OUT, name);
        if (timedOut > MOST_CUT_OFF) {
            return Optional.of("%s of its requests end at the present timeout, so nobody knows how long they take"
                    .formatted(Numbers.percent(timedOut)));
        }
        double left = observed.share(Queries.LEFT, name);
        return left > MOST_CUT_OFF
                ? Optional.of("%s of its clients go away before the answer, so nobody knows how long it takes"
                        .formatted(Numbers.percent(left)))
                : Optional.empty();
    }

    private Present present() {
        Service service = observed.service(name);
        Resilience resilience = observed.environment().resilienceOf(service);
        List<Route> routes = service.routes();
        for (int i : IntStream.range(0, routes.size()).toArray()) {
            Route route = routes.get(i);
            if (!route.isAnswered()) {
                KeyPath own = KeyPath.of("services")
                        .key(name.toString())
                        .key("routes")
                        .index(i)
                        .key("timeout");
                return new Present(
                        resilience.timeoutOf(route),
                        route.timeout() == null ? key() : own,
                        resilience.retriesOf(route));
            }
        }
        return new Present(resilience.timeout(), key(), resilience.retries());
    }

    private KeyPath key() {
        return OwnResilience.of(name).key("timeout");
    }

    private Proposal proposal(Present present, Histogram latency, long usual, long enough, int tries) {
        Duration shorter = new Duration(enough);
        List<String> evidence = new ArrayList<>();
        evidence.add("%s of %s answers in %d days came within %s, %s later than %s"
                .formatted(
                        Numbers.percent(latency.within((double) usual)),
                        Numbers.count(latency.all()),
                        observed.days(),
                        new Duration(usual),
                        Numbers.count(latency.above((double) enough)),
                        shorter));
        evidence.add("%s of %s requests ended at the present timeout"
                .formatted(
                        Numbers.count(observed.count(Queries.TIMED_OUT, name)),
                        Numbers.count(observed.count(Queries.REQUESTS, name))));
        present.retries()
                .perTry(shorter)
                .filter(time -> tries > 1)
                .ifPresent(time -> evidence.add("each of %d tries would still have %s".formatted(tries, time)));
        return Proposal.of(
                present.key(),
                present.timeout().toString(),
                shorter.toString(),
                evidence,
                "something that is asked less often than every %d days, such as a month's report, takes longer than %s"
                        .formatted(observed.days(), shorter));
    }
}
