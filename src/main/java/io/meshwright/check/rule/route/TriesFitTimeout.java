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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tries of a request end before the timeout of the whole. */
@AutoService(Inspection.class)
public final class TriesFitTimeout implements Check {
    public static final Rule TRIES_EXCEED_TIMEOUT = Rule.warning("MESH134", "tries_exceed_timeout")
            .title("A single try may take as long as the whole request")
            .consequence("The request is never tried again.")
            .remedy("Make perTryTimeout shorter than the timeout divided by the attempts.");

    @Override
    public List<Rule> rules() {
        return List.of(TRIES_EXCEED_TIMEOUT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> findings(route).stream());
    }

    private static List<Finding> findings(HttpRoute route) {
        List<Finding> findings = new ArrayList<>();
        long timeout = RouteTimes.millis(route.body().path("timeout"));
        int attempts = RouteTimes.attempts(route);
        long each = RouteTimes.millis(route.body().at("/retries/perTryTimeout"));
        if (timeout > 0 && each > 0 && each < timeout && each * attempts > timeout) {
            findings.add(TRIES_EXCEED_TIMEOUT
                    .at(
                            route.source().at("/retries"),
                            "%d tries of %s do not fit into the %s of the whole request: the last are never made"
                                    .formatted(
                                            attempts,
                                            route.body()
                                                    .at("/retries/perTryTimeout")
                                                    .asText(),
                                            route.body().path("timeout").asText()))
                    .as(Severity.INFO));
        }
        if (timeout > 0 && each > 0 && attempts > 0 && each >= timeout) {
            findings.add(TRIES_EXCEED_TIMEOUT.at(
                    route.source().at("/retries/perTryTimeout"),
                    "one try may take %s, the whole request %s: it is never tried again"
                            .formatted(
                                    route.body().at("/retries/perTryTimeout").asText(),
                                    route.body().path("timeout").asText())));
        }
        return findings;
    }
}
