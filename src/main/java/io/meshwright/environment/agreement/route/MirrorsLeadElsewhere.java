package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies of requests go to another service than the requests, and to one that lets them in. */
public final class MirrorsLeadElsewhere implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .flatMap(declared -> Stream.ofNullable(declared.route().mirror())
                        .flatMap(mirror -> refusal(environment, declared, mirror.service()).stream()))
                .toList();
    }

    private static Optional<InvalidValue> refusal(Environment environment, DeclaredRoute declared, Name target) {
        KeyPath at = declared.at().key("mirror").key("service");
        if (target.equals(declared.owner().name())) {
            return Optional.of(new InvalidValue(
                    at,
                    "\"%s\" gets the requests already, and would do everything twice".formatted(target),
                    "name another service, or use release: {type: mirror, ...} for a new version"));
        }
        Service service = environment.services().get(target);
        boolean shut = service != null && service.allowFrom().stream().noneMatch(Caller::isGateway);
        return shut && !declared.isInner()
                ? Optional.of(new InvalidValue(
                        at,
                        "\"%s\" does not let the gateway in, which sends the copies".formatted(target),
                        "add gateway to services.%s.allowFrom".formatted(target)))
                : Optional.empty();
    }
}
