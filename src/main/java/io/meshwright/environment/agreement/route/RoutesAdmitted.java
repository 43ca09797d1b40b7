package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import java.util.List;

/** The gateway, which brings requests of a route, is among the callers of the service that they lead to. */
public final class RoutesAdmitted implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .filter(declared -> isShut(environment, declared.service()))
                .flatMap(declared -> declared.routes()
                        .filter(each -> !each.isInner() && !each.route().isAnswered())
                        .limit(1)
                        .map(each -> new InvalidValue(
                                each.at(),
                                "leads from the gateway to '%s', which does not let it in".formatted(declared.name()),
                                "add gateway to services.%s.allowFrom, or remove the route"
                                        .formatted(declared.name()))))
                .toList();
    }

    /** Where callers are only observed the checks of the manifests tell what is refused all the same. */
    private static boolean isShut(Environment environment, Service service) {
        return environment.enforcementOf(service) == Enforcement.ENFORCE
                && service.allowFrom().stream().noneMatch(Caller::isGateway);
    }
}
