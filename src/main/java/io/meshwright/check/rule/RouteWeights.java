package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Weights are relative: a single destination takes everything, and one that is written twice takes the sum. */
public final class RouteWeights implements Check {
    private record Written(String host, Optional<String> subset, Optional<Integer> port) {}

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> Stream.concat(alone(route).stream(), twice(route).stream()));
    }

    private static Optional<Finding> alone(HttpRoute route) {
        JsonNode weight = route.body().at("/route/0/weight");
        boolean partial = route.body().path("route").size() == 1
                && Fields.number(weight).map(value -> value < 100).orElse(false);
        return partial
                ? Optional.of(Rule.WEIGHT_WITHOUT_RIVAL.at(
                        route.source().at("/route/0/weight"),
                        "the only destination has weight %d and still takes every request".formatted(weight.asInt())))
                : Optional.empty();
    }

    private static List<Finding> twice(HttpRoute route) {
        List<Finding> findings = new ArrayList<>();
        List<Written> seen = new ArrayList<>();
        for (Destination destination : route.destinations()) {
            Written written = new Written(destination.host(), destination.subset(), destination.port());
            if (seen.contains(written)) {
                findings.add(Rule.DESTINATION_TWICE.at(
                        destination.source(),
                        "\"%s\"%s takes the sum of its weights, which is no split"
                                .formatted(
                                        written.host(),
                                        written.subset()
                                                .map(" subset \"%s\""::formatted)
                                                .orElse(""))));
            }
            seen.add(written);
        }
        return findings;
    }
}
