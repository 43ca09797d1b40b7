package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** No service is put into the namespace of the egress gateway. */
public final class EgressNamespaceReserved implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.egressGateway() != null && environment.namespaces().containsKey(Parties.ISTIO_EGRESS)
                ? List.of(new InvalidValue(
                        KeyPath.of("namespaces").key(Parties.ISTIO_EGRESS.toString()),
                        "holds the egress gateway and nothing else",
                        "put services into another namespace"))
                : List.of();
    }
}
