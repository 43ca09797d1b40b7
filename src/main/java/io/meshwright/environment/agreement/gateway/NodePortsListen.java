package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.OnPremises;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** A node port of the gateway leads to one of its listeners. */
public final class NodePortsListen implements Agreement {
    private static final int HTTPS = 443;

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.cluster().platform() instanceof OnPremises onPremises
                        && onPremises.nodePorts() != null
                        && onPremises.nodePorts().https() != null
                        && environment.gateway().listeners().stream()
                                .noneMatch(listener -> listener.port().value() == HTTPS)
                ? List.of(new InvalidValue(
                        KeyPath.of("cluster.platform.nodePorts.https"),
                        "'%s' leads nowhere, because no listener of the gateway has port %d"
                                .formatted(onPremises.nodePorts().https(), HTTPS),
                        "add the listener, or remove it"))
                : List.of();
    }
}
