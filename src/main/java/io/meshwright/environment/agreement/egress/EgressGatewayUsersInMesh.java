package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.security.ExternalService;
import java.util.ArrayList;
import java.util.List;

/**
 * Only pods in the mesh use what leaves through the egress gateway: one without a sidecar proves no identity and wraps
 * nothing in TLS, so it could only go around the gateway.
 */
public final class EgressGatewayUsersInMesh implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredService.of(environment)
                .filter(declared -> !environment.isInMesh(declared.service()))
                .forEach(declared -> {
                    List<Name> uses = declared.service().uses();
                    for (int i = 0; i < uses.size(); i++) {
                        ExternalService external = environment.externals().get(uses.get(i));
                        if (external != null && external.egressGateway()) {
                            refusals.add(refusal(declared.at().key("uses").index(i), uses.get(i)));
                        }
                    }
                });
        return refusals;
    }

    private static InvalidValue refusal(KeyPath at, Name external) {
        return new InvalidValue(
                at,
                "\"%s\" leaves through the egress gateway, which a pod without a sidecar cannot use"
                        .formatted(external),
                "take the service into the mesh, or declare the host again without egressGateway");
    }
}
