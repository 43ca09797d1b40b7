package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.DnsName;
import java.util.Optional;

/** The Gateways to which a VirtualService or a match is bound: {@code namespace/name}, or a bare name. */
final class GatewayNames {
    private static final String REMEDY = "Write namespace/name, or mesh for sidecars.";

    private GatewayNames() {}

    static void examine(Field gateways) {
        for (Field gateway : gateways.items()) {
            int slash = gateway.text().indexOf('/');
            if (slash < 0) {
                bare(gateway);
                // The webhook looks at nothing behind the first name without a namespace.
                return;
            }
            String namespace = gateway.text().substring(0, slash);
            String name = gateway.text().substring(slash + 1);
            if (!DnsName.isLabel(namespace) || !DnsName.isLabel(name)) {
                gateway.refuse("\"%s\" is no name of a Gateway".formatted(gateway.text()), REMEDY);
            }
        }
    }

    private static void bare(Field gateway) {
        Optional<String> flaw = DnsName.flaw(gateway.text());
        if (flaw.isPresent()) {
            gateway.refuse("\"%s\" is no name of a Gateway: %s".formatted(gateway.text(), flaw.get()), REMEDY);
        } else if (gateway.text().indexOf('.') >= 0) {
            String[] parts = gateway.text().split("\\.", -1);
            gateway.warn(
                    "\"%s\" is the old way to name a Gateway of another namespace".formatted(gateway.text()),
                    "Write %s/%s.".formatted(parts[1], parts[0]));
        }
    }
}
