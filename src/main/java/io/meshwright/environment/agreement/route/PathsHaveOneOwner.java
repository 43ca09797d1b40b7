package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.PathOwners;
import java.util.ArrayList;
import java.util.List;

/** Each path of a host of a gateway belongs to one service. */
public final class PathsHaveOneOwner implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().forEach(entry -> at(environment, entry, refusals));
        return refusals;
    }

    private static void at(Environment environment, GatewayEntry entry, List<InvalidValue> refusals) {
        PathOwners owners = new PathOwners();
        DeclaredRoute.of(environment)
                .filter(declared -> !declared.isInner() && declared.route().isAt(entry.name()))
                .forEach(declared -> declared.hosts()
                        .forEach(host -> owners.otherOwner(
                                        declared.route().at(host),
                                        declared.owner().name().toString())
                                .ifPresent(owner -> refusals.add(new InvalidValue(
                                        declared.pathKey(),
                                        "\"%s\" of host %s belongs to %s already"
                                                .formatted(
                                                        declared.route().path().value(), host, owner),
                                        PathOwners.REMEDY)))));
    }
}
