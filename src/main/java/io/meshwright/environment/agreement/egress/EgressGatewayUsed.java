package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.security.ExternalService;
import java.util.List;

/** Something leaves the cluster through the egress gateway, where there is one. */
public final class EgressGatewayUsed implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.egressGateway() != null
                        && environment.externals().values().stream().noneMatch(ExternalService::egressGateway)
                ? List.of(new InvalidValue(
                        KeyPath.of("egressGateway"),
                        "nothing leaves through it",
                        "write egressGateway: true at entries of externals, or remove it"))
                : List.of();
    }
}
