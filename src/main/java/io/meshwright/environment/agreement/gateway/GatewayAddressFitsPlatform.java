package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.KeyPath;
import java.util.List;
import java.util.Optional;

/** The gateway has an address where the platform asks for one, and one that the platform hands out. */
public final class GatewayAddressFitsPlatform implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.gatewayEntries().stream()
                .flatMap(entry -> refusal(entry).stream())
                .toList();
    }

    private static Optional<InvalidValue> refusal(GatewayEntry entry) {
        KeyPath at = entry.at().key("address");
        IpAddress address = entry.gateway().address();
        if (address != null && !entry.isBalanced() && entry.gateway().service().type() != null) {
            return Optional.of(new InvalidValue(
                    at, "\"%s\" is for a load balancer, and this Service gets none".formatted(address), "remove it"));
        }
        if (address != null && entry.isFirst() && entry.platform().namesAddress()) {
            return Optional.of(new InvalidValue(
                    at,
                    "\"%s\" is written beside cluster.platform.addressName".formatted(address),
                    "remove one of them"));
        }
        if (address != null) {
            return entry.platform()
                    .refusal(address)
                    .map(refusal -> new InvalidValue(at, refusal.problem(), refusal.remedy()));
        }
        return entry.isBalanced() && entry.platform().needsAddress()
                ? Optional.of(new InvalidValue(
                        at, "is missing, and this platform gives the gateway's load balancer none by itself", "add it"))
                : Optional.empty();
    }
}
