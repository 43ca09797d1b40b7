package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.RouteConditions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every route takes some requests: none comes after another one of its service with the same path and conditions. */
public final class RoutesTakeRequests implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(service -> {
                    RouteConditions conditions = new RouteConditions();
                    return service.routes().flatMap(declared -> refusals(environment, declared, conditions));
                })
                .toList();
    }

    private static Stream<InvalidValue> refusals(
            Environment environment, DeclaredRoute declared, RouteConditions conditions) {
        // A route that decides by what its release decides by is refused by ReleasesDecideAlone.
        return InvalidValue.thrownBy(() -> declared.matches(environment)).isPresent()
                ? Stream.empty()
                : declared.hosts().flatMap(host -> refusal(environment, declared, host, conditions).stream());
    }

    private static Optional<InvalidValue> refusal(
            Environment environment, DeclaredRoute declared, Host host, RouteConditions conditions) {
        List<String> before = declared.matches(environment).stream()
                .flatMap(match ->
                        conditions
                                .takenBefore(
                                        host,
                                        declared.route().path(),
                                        match,
                                        declared.at().toString())
                                .stream())
                .toList();
        return before.stream()
                .findFirst()
                .map(other -> new InvalidValue(
                        declared.pathKey(),
                        "\"%s\" of host %s has the conditions of %s, so no request comes to it"
                                .formatted(declared.route().path().value(), host, other),
                        "remove one of the two, or tell them apart in match"));
    }
}
