package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Actuators;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.ManagementPath;
import java.util.List;

/** No route asks for management endpoints that the gateway refuses on its host. */
public final class RoutesAvoidRefusedPaths implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        HostOwners owners = new HostOwners(environment);
        return DeclaredRoute.of(environment)
                .filter(declared -> ManagementPath.isOne(declared.route().path().beginning()))
                .flatMap(declared -> declared.entries(environment)
                        .flatMap(entry -> declared.hosts()
                                .filter(host ->
                                        Actuators.of(environment, entry).areRefused(host, owners.of(host, entry)))
                                .map(host -> refusal(declared, host, entry))))
                .toList();
    }

    private static InvalidValue refusal(DeclaredRoute declared, Host host, GatewayEntry entry) {
        return new InvalidValue(
                declared.pathKey(),
                "\"%s\" is a management endpoint, which %s refuses on host %s"
                        .formatted(declared.route().path().value(), entry.words(), host),
                "remove the route, or set %s: open, which opens all of them"
                        .formatted(ActuatorAnswersHaveRoutes.key(entry, host)));
    }
}
