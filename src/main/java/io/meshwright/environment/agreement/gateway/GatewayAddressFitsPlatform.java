package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.Platform;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.KeyPath;
import java.util.List;

/** The gateway has an address where the platform asks for one, and one that the platform hands out. */
public final class GatewayAddressFitsPlatform implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Platform platform = environment.cluster().platform();
        IpAddress address = environment.gateway().address();
        if (address != null) {
            return platform.refusal(address).stream().toList();
        }
        return platform.needsAddress()
                ? List.of(new InvalidValue(
                        KeyPath.of("gateway.address"),
                        "is missing, and this platform gives the gateway's load balancer none by itself",
                        "add it"))
                : List.of();
    }
}
