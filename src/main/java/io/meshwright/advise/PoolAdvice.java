package io.meshwright.advise;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Sample;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.ConnectionPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is smaller than the requests which are open at a time: by Little's law these are the rate times the mean
 * time of an answer, and that is the rate at which the sum of durations grows. Only larger pools are proposed: how far
 * a limit may be above what is usual is about the service's strength, which no metric of its clients knows.
 */
final class PoolAdvice {
    private static final double MOST_REFUSED = 0.001;
    // Arrivals vary by their square root, if they do not know of each other; four of them is one time in thirty
    // thousand.
    private static final int DEVIATIONS = 4;
    private static final double ROOM = 1.25;

    private final Observed observed;
    private final Name name;
    private final Advice advice;

    private PoolAdvice(Observed observed, Name name, Advice advice) {
        this.observed = observed;
        this.name = name;
        this.advice = advice;
    }

    static void of(Observed observed, Name service, Advice advice) {
        ConnectionPool pool =
                observed.environment().resilienceOf(observed.service(service)).connectionPool();
        if (pool != null) {
            new PoolAdvice(observed, service, advice).advise(pool);
        }
    }

    private void advise(ConnectionPool pool) {
        String subject = "pool of %s".formatted(name);
        if (observed.streams(name)) {
            advice.untold(subject, "a stream is counted when it ends, with all of its hours at once");
            return;
        }
        double open = observed.of(Queries.OPEN, name).stream()
                .mapToDouble(Sample::value)
                .max()
                .orElse(0);
        int needed = (int) Math.ceil(open + DEVIATIONS * Math.sqrt(open));
        int enough = rounded(needed * ROOM);
        List<Proposal.Edit> edits = new ArrayList<>();
        KeyPath at = OwnResilience.of(name).key("connectionPool");
        raise(
                edits,
                at.then("tcp.maxConnections"),
                pool.tcp() == null ? null : pool.tcp().maxConnections(),
                needed,
                enough);
        raise(
                edits,
                at.then("http.http2MaxRequests"),
                pool.http() == null ? null : pool.http().http2MaxRequests(),
                needed,
                enough);
        double refused = observed.share(Queries.OVERFLOW, name);
        if (!edits.isEmpty()) {
            advice.propose(new Proposal(edits, evidence(open, needed, refused), wrongIf(refused)));
        } else if (refused > MOST_REFUSED) {
            advice.untold(
                    subject,
                    "it refused %s of the requests, and at the busiest five minutes one client needs only %d connections:"
                                    .formatted(Numbers.percent(refused), needed)
                            + " they come in bursts, or http1MaxPendingRequests is small");
        }
    }

    private static void raise(List<Proposal.Edit> edits, KeyPath key, @Nullable Integer limit, int needed, int enough) {
        if (limit != null && limit < needed) {
            edits.add(new Proposal.Edit(key, limit.toString(), Integer.toString(enough)));
        }
    }

    private List<String> evidence(double open, int needed, double refused) {
        List<String> evidence = new ArrayList<>();
        evidence.add(
                "one client's proxy had %s requests open at a time on average, at its busiest five minutes of %d days"
                        .formatted(Numbers.rough(open), observed.days()));
        evidence.add("with %d standard deviations of chance arrivals these need %d connections"
                .formatted(DEVIATIONS, needed));
        if (refused > 0) {
            evidence.add("the pool refused %s requests (%s), so more than this may be needed: measure again after it"
                    .formatted(Numbers.count(observed.count(Queries.OVERFLOW, name)), Numbers.percent(refused)));
        }
        return evidence;
    }

    private String wrongIf(double refused) {
        return refused > 0
                ? "%s gets slower with more requests at a time: its p95 rises after the change".formatted(name)
                : "%s was slow at those five minutes for a reason of its own, and has been mended since"
                        .formatted(name);
    }

    /** Up to a number that a person would write. */
    private static int rounded(double connections) {
        int step = connections > 100 ? 50 : 5;
        return (int) Math.ceil(connections / step) * step;
    }
}
