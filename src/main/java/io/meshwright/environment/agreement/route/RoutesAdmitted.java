package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.security.Enforcement;
import java.util.List;

/** The gateway, which brings requests of a route, is among the callers of the service that they lead to. */
public final class RoutesAdmitted implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> environment.gatewayEntries().stream()
                        .filter(entry -> isShut(environment, declared.service(), entry))
                        .flatMap(entry -> declared.routes()
                                .filter(each -> !each.isInner()
                                        && !each.route().isAnswered()
                                        && each.route().isAt(entry.name()))
                                .limit(1)
                                .map(each -> refusal(declared, each, entry))))
                .toList();
    }

    private static InvalidValue refusal(DeclaredService declared, DeclaredRoute route, GatewayEntry entry) {
        return new InvalidValue(
                route.at(),
                "leads from %s to \"%s\", which does not let it in".formatted(entry.words(), declared.name()),
                "add %s to services.%s.allowFrom, or remove the route".formatted(entry.name(), declared.name()));
    }

    /** If callers are only observed, the checks of the manifests tell what is refused all the same. */
    private static boolean isShut(Environment environment, Service service, GatewayEntry entry) {
        return environment.enforcementOf(service) == Enforcement.ENFORCE
                && service.allowFrom().stream()
                        .noneMatch(caller -> caller.from().equals(entry.name()));
    }
}
