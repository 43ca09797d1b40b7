package io.meshwright.environment.agreement.gatewayapi;

import io.meshwright.environment.Cluster;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Somebody is told to bring the definitions of the Gateway API only where a gateway is of it. */
public final class DefinitionsUsed implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.usesGatewayApi() || environment.cluster().gatewayApi() == Cluster.Definitions.INSTALLED
                ? List.of()
                : List.of(new InvalidValue(
                        KeyPath.of("cluster.gatewayApi"),
                        "\"existing\" changes nothing, because no gateway is of the Gateway API",
                        "remove it, or write api: gateway.networking.k8s.io at one"));
    }
}
