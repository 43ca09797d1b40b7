package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.OnPremises;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node port of a gateway, the platform's for the first one or its own, leads to one of its listeners. */
public final class NodePortsListen implements Agreement {
    private static final int HTTPS = 443;

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        refuse(
                environment.gatewayEntries().get(0),
                KeyPath.of("cluster.platform.nodePorts.https"),
                environment.cluster().platform().fixedPorts(),
                refusals);
        environment
                .gatewayEntries()
                .forEach(entry -> refuse(
                        entry,
                        entry.at().key("service").key("nodePorts").key("https"),
                        entry.gateway().service().nodePorts(),
                        refusals));
        return refusals;
    }

    private static void refuse(
            GatewayEntry entry, KeyPath at, OnPremises.@Nullable NodePorts ports, List<InvalidValue> refusals) {
        if (ports != null
                && ports.https() != null
                && entry.gateway().listeners().stream()
                        .noneMatch(listener -> listener.port().value() == HTTPS)) {
            refusals.add(new InvalidValue(
                    at,
                    "\"%s\" leads nowhere, because no listener of %s has port %d"
                            .formatted(ports.https(), entry.words(), HTTPS),
                    "add the listener, or remove it"));
        }
    }
}
