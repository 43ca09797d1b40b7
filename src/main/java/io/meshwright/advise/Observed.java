package io.meshwright.advise;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Sample;
import io.meshwright.advise.snapshot.Snapshot;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Route;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** An environment and what was measured of it. */
final class Observed {
    /** Requests below which a share of a thousandth is no number. */
    static final int LEAST_REQUESTS = 10_000;

    private static final int HOURS_OF_DAY = 24;
    private static final double MOST_GAPS = 0.1;

    private final Environment environment;
    private final Snapshot snapshot;

    Observed(Environment environment, Snapshot snapshot) {
        this.environment = environment;
        this.snapshot = snapshot;
    }

    Environment environment() {
        return environment;
    }

    int days() {
        return snapshot.days();
    }

    Service service(Name name) {
        return Objects.requireNonNull(environment.services().get(name));
    }

    /** Services whose requests the mesh counts, in the order of the file. */
    List<Name> meshed() {
        return environment.services().entrySet().stream()
                .filter(entry -> environment.isInMesh(entry.getValue())
                        && !entry.getValue().ports().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Why nothing about a service's requests can be told; empty where enough was seen. */
    Optional<String> tooLittle(Name service) {
        double requests = count(Queries.REQUESTS, service);
        if (requests < LEAST_REQUESTS) {
            return Optional.of("%s requests in %d days, fewer than %s"
                    .formatted(Numbers.count(requests), days(), Numbers.count(LEAST_REQUESTS)));
        }
        if (of(Queries.BEFORE, service).isEmpty()) {
            return Optional.of("nothing was measured of it on the day before, so it was not there for %d whole days"
                    .formatted(days()));
        }
        double hours = count(Queries.HOURS, service);
        double all = (double) days() * HOURS_OF_DAY;
        return hours < all * (1 - MOST_GAPS)
                ? Optional.of("it was measured in %s of %s hours".formatted(Numbers.count(hours), Numbers.count(all)))
                : Optional.empty();
    }

    /** The sum of what an answer says of a service; no sample is none. */
    double count(String query, Name service) {
        return of(query, service).stream().mapToDouble(Sample::value).sum();
    }

    /** Share of the service's requests. */
    double share(String query, Name service) {
        double requests = count(Queries.REQUESTS, service);
        return requests == 0 ? 0 : count(query, service) / requests;
    }

    List<Sample> of(String query, Name service) {
        String namespace = service(service).namespace().toString();
        return snapshot.of(
                query,
                sample -> sample.label("destination_service_name").equals(service.toString())
                        && sample.label("destination_service_namespace").equals(namespace));
    }

    List<Sample> samples(String query, Predicate<Sample> wanted) {
        return snapshot.of(query, wanted);
    }

    boolean streams(Name service) {
        return service(service).routes().stream().anyMatch(Route::streams);
    }

    /** Routes whose requests are counted together, since no metric tells them apart. */
    int routes(Name name) {
        Service service = service(name);
        long declared =
                service.routes().stream().filter(route -> !route.isAnswered()).count();
        boolean called = service.allowFrom().stream().anyMatch(caller -> !environment.isGateway(caller));
        boolean inner =
                service.routes().stream().anyMatch(route -> service.isInner(route, name) && "/".equals(route.prefix()));
        return (int) declared + (called && !inner ? 1 : 0);
    }
}
