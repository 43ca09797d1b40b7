package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.ControlPlanes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gateway moves to a newer control plane when all namespaces have, because it is every service's caller: Istio's
 * own order (istio.io, setup/upgrade/canary).
 */
public final class GatewayMovesLast implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        ControlPlanes planes = environment.istio().controlPlanes();
        Name tag = environment.gateway().tag();
        List<Name> behind = environment.namespaces().entrySet().stream()
                .filter(entry -> entry.getValue().inject()
                        && planes.serving(entry.getValue().tag()).equals(planes.oldest()))
                .map(Map.Entry::getKey)
                .toList();
        return planes.upgrading() && planes.serving(tag).equals(planes.newest()) && !behind.isEmpty()
                ? List.of(refusal(planes, tag, behind))
                : List.of();
    }

    private static InvalidValue refusal(ControlPlanes planes, @Nullable Name tag, List<Name> behind) {
        return new InvalidValue(
                KeyPath.of("gateway.tag"),
                "'%s' moves the gateway to '%s' before namespaces %s"
                        .formatted(
                                planes.label(tag).orElseThrow(),
                                planes.newest().label(),
                                behind.stream().map(Name::toString).collect(Collectors.joining(", "))),
                "move these first, or give the gateway a tag that still points at '%s'"
                        .formatted(planes.oldest().label()));
    }
}
