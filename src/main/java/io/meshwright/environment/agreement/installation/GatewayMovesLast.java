package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.ControlPlanes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The gateway moves to a newer control plane when all namespaces have, because it is every service's caller: Istio's
 * own order (istio.io, setup/upgrade/canary).
 */
public final class GatewayMovesLast implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        ControlPlanes planes = environment.istio().controlPlanes();
        List<Name> behind = environment.namespaces().entrySet().stream()
                .filter(entry -> entry.getValue().inject()
                        && planes.serving(entry.getValue().tag()).equals(planes.oldest()))
                .map(Map.Entry::getKey)
                .toList();
        return environment.gatewayEntries().stream()
                .filter(entry -> planes.upgrading()
                        && planes.serving(entry.gateway().tag()).equals(planes.newest())
                        && !behind.isEmpty())
                .map(entry -> refusal(planes, entry, behind))
                .toList();
    }

    private static InvalidValue refusal(ControlPlanes planes, GatewayEntry entry, List<Name> behind) {
        return new InvalidValue(
                entry.at().key("tag"),
                "\"%s\" moves %s to \"%s\" before namespaces %s"
                        .formatted(
                                planes.label(entry.gateway().tag()).orElseThrow(),
                                entry.words(),
                                planes.newest().label(),
                                behind.stream().map(Name::toString).collect(Collectors.joining(", "))),
                "move these first, or give the gateway a tag that still points at \"%s\""
                        .formatted(planes.oldest().label()));
    }
}
