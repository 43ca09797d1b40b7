package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Calls that are to leave through the egress gateway find one. */
public final class EgressGatewayDeclared implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.egressGateway() != null
                ? List.of()
                : environment.externals().entrySet().stream()
                        .filter(entry -> entry.getValue().egressGateway())
                        .map(entry -> new InvalidValue(
                                KeyPath.of("externals")
                                        .key(entry.getKey().toString())
                                        .key("egressGateway"),
                                "there is no egress gateway",
                                "declare egressGateway, or remove it"))
                        .toList();
    }
}
