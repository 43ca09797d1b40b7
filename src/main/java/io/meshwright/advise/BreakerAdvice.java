package io.meshwright.advise;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.CircuitBreaker;
import io.meshwright.value.traffic.Resilience;
import java.util.List;

/**
 * A circuit breaker that would have taken out every pod: when all fail at once, the fault is behind them, and a service
 * without pods answers nothing at all. Breakers that the environment switches off are judged too, for the day.
 */
final class BreakerAdvice {
    private static final int ALL = 100;
    private static final int HALF = 50;
    private static final int WINDOW = 300;
    private static final int DAY = 86_400;

    private BreakerAdvice() {}

    static void of(Observed observed, Name name, Advice advice) {
        Service service = observed.service(name);
        Resilience resilience =
                service.resilience() == null ? observed.environment().resilience() : service.resilience();
        CircuitBreaker breaker = resilience.circuitBreaker();
        Integer errors = breaker.consecutive5xxErrors();
        int pods = service.scale().least();
        double failing = observed.count(VersionQueries.ALL_FAILING, name);
        if (errors == null || !breaker.acts(pods) || failing == 0) {
            return;
        }
        double each = observed.count(Queries.REQUESTS, name) / observed.days() / DAY / pods;
        double rows = each * WINDOW * Math.pow(failing, errors);
        if (rows < 1) {
            return;
        }
        int share = breaker.maxEjectionPercent(pods);
        List<String> evidence = List.of(
                "at the worst five minutes of %d days every pod failed %s or more of its requests"
                        .formatted(observed.days(), Numbers.percent(failing)),
                "of about %s requests of a pod in that time, that is %s times or more %d errors in a row"
                        .formatted(Numbers.count(each * WINDOW), Numbers.count(rows), errors));
        if (share < ALL) {
            advice.tell(
                    "breaker of %s".formatted(name),
                    "%s: all that it may would have been out, which is %d %%".formatted(evidence.get(0), share));
        } else if (pods > 1) {
            int less = Math.max(HALF, (ALL + pods - 1) / pods);
            advice.propose(Proposal.of(
                    OwnResilience.of(name).then("circuitBreaker.maxEjectionPercent"),
                    Integer.toString(share),
                    Integer.toString(less),
                    evidence,
                    "an answer from a failing pod is worse than none, so that nobody may be asked while all fail"));
        } else {
            advice.tell(
                    "breaker of %s".formatted(name),
                    "%s: its only pod would have been out; a second one, or no breaker".formatted(evidence.get(0)));
        }
    }
}
