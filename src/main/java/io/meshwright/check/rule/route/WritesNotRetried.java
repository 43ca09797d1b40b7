package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.RouteTimes;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A request that writes is not sent again once somebody may have answered it. */
@AutoService(Inspection.class)
public final class WritesNotRetried implements Check {
    public static final Rule WRITE_RETRIED = Rule.warning("MESH135", "write_retried")
            .title("Requests that write are tried again after an answer")
            .consequence("An order may be placed, or paid, twice.")
            .remedy(
                    "Set retries.attempts to 0 for methods that write, or retry on connect-failure,refused-stream only.");

    private static final Pattern RETRIES_ANSWERS =
            Pattern.compile("(^|,)\\s*(5xx|gateway-error|retriable-status-codes|50\\d|reset)\\s*(,|$)");
    private static final List<String> WRITES = List.of("POST", "PATCH");

    @Override
    public List<Rule> rules() {
        return List.of(WRITE_RETRIED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> repeated(route).or(() -> byDefault(route, mesh.version())).stream());
    }

    private static Optional<Finding> repeated(HttpRoute route) {
        boolean every = route.matches().isEmpty()
                || route.matches().stream()
                        .anyMatch(match -> match.body().path("method").isEmpty());
        boolean after = RETRIES_ANSWERS
                .matcher(route.body().at("/retries/retryOn").asText(""))
                .find();
        return RouteTimes.attempts(route) > 0 && after && (every || writes(route))
                ? Optional.of(WRITE_RETRIED
                        .at(
                                route.source().at("/retries/retryOn"),
                                "a request that writes is sent again after \"%s\", when it may already have been done"
                                        .formatted(route.body()
                                                .at("/retries/retryOn")
                                                .asText()))
                        .as(writes(route) ? Severity.WARNING : Severity.INFO))
                : Optional.empty();
    }

    private static boolean writes(HttpRoute route) {
        return route.matches().stream()
                .map(match -> match.body().path("method"))
                .anyMatch(method -> WRITES.contains(method.path("exact").asText(""))
                        || WRITES.stream().anyMatch(method.path("regex").asText("")::contains));
    }

    /** A route that says nothing of retries gets Istio's own, which once repeated what was answered 503. */
    private static Optional<Finding> byDefault(HttpRoute route, IstioVersion version) {
        return route.body().has("retries")
                        || !writes(route)
                        || !version.retriesOn503()
                        || route.isRedirect()
                        || route.isDirectResponse()
                ? Optional.empty()
                : Optional.of(WRITE_RETRIED.at(
                        route.source(),
                        "Istio %s sends a request that writes again after 503 where a route says nothing of retries"
                                .formatted(version)));
    }
}
