package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
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
@AutoService(Inspection.class)
public final class RouteWeights implements Check {
    public static final Rule WEIGHT_WITHOUT_RIVAL = Rule.warning("MESH131", "weight_without_rival")
            .title("A single destination has a weight below 100")
            .twins("KIA1104")
            .consequence("It takes every request all the same.")
            .remedy("Add the other destination, or drop the weight.");

    public static final Rule DESTINATION_TWICE = Rule.warning("MESH132", "destination_twice")
            .title("A route writes one destination twice")
            .twins("KIA1105")
            .consequence("The destination takes the sum of the weights.")
            .remedy("Name different subsets, or keep one.");

    private record Written(String host, Optional<String> subset, Optional<Integer> port) {}

    @Override
    public List<Rule> rules() {
        return List.of(WEIGHT_WITHOUT_RIVAL, DESTINATION_TWICE);
    }

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
                ? Optional.of(WEIGHT_WITHOUT_RIVAL.at(
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
                findings.add(DESTINATION_TWICE.at(
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
