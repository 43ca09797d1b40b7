package io.meshwright.advise;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import io.meshwright.value.traffic.Retries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Retries that multiply the load of a service which fails: its pods count tries, its clients count requests. */
final class RetryAdvice {
    private static final double MANY = 1.1;

    private RetryAdvice() {}

    static void of(Observed observed, Name name, Advice advice) {
        Service service = observed.service(name);
        Retries retries = observed.environment().resilienceOf(service).retries();
        double requests = observed.count(Queries.REQUESTS, name);
        double tries = observed.count(VersionQueries.TRIES, name);
        if (retries.isNone() || tries < requests * MANY) {
            return;
        }
        if (service.routes().stream().anyMatch(route -> route.retries() != null)) {
            advice.untold(
                    "retries of %s".formatted(name),
                    "a route of it has its own, and no metric tells which route's tries these are");
            return;
        }
        int fewer = retries.attempts() > 1 ? 1 : 0;
        KeyPath key = OwnResilience.of(name).then("retries.attempts");
        List<String> evidence = new ArrayList<>();
        evidence.add("its pods took %s tries for %s requests of its clients, %s for each, in %d days"
                .formatted(
                        Numbers.count(tries),
                        Numbers.count(requests),
                        Numbers.rough(tries / requests),
                        observed.days()));
        evidence.add("%s of the requests failed all the same"
                .formatted(Numbers.percent(observed.share(VersionQueries.FAILED, name))));
        long most = most(observed.environment(), name, new HashMap<>());
        if (most > retries.attempts() + 1) {
            evidence.add("together with the retries of its callers one request may become %d".formatted(most));
        }
        advice.propose(Proposal.of(
                key,
                retries.attempts().toString(),
                Integer.toString(fewer),
                evidence,
                "single pods fail and the next one answers: the share of failed requests rises after the change"));
    }

    /**
     * Tries that one request may become on the way to a service, by what each of the callers declares; who calls in a
     * circle counts once.
     */
    private static long most(Environment environment, Name name, Map<Name, Long> known) {
        Service service = environment.services().get(name);
        if (service == null) {
            return 1;
        }
        Long before = known.putIfAbsent(name, 1L);
        if (before != null) {
            return before;
        }
        long callers = service.allowFrom().stream()
                .filter(caller -> !environment.isGateway(caller))
                .map(Caller::from)
                .mapToLong(caller -> most(environment, caller, known))
                .max()
                .orElse(1);
        long most = (environment.resilienceOf(service).retries().attempts() + 1) * callers;
        known.put(name, most);
        return most;
    }
}
