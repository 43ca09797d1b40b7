package io.meshwright.environment;

import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;

/** Whether the gateway sees the addresses of clients wherever a file tells clients apart by them. */
final class AddressReferences {
    private final Cluster cluster;
    private final Gateway gateway;
    private final Observability observability;
    private final Delivery delivery;
    private final List<InvalidValue> refusals = new ArrayList<>();

    AddressReferences(Cluster cluster, Gateway gateway, Observability observability, Delivery delivery) {
        this.cluster = cluster;
        this.gateway = gateway;
        this.observability = observability;
        this.delivery = delivery;
    }

    List<InvalidValue> refusals() {
        // A proxy that is trusted says the client's address in X-Forwarded-For, whatever address a connection comes
        // from.
        if (cluster.platform().hidesClients() && cluster.edge().trustedProxies() == 0) {
            gateway.hosts().forEach(this::host);
            tools();
        }
        return refusals;
    }

    private void host(Host host, Gateway.HostPolicy policy) {
        for (int i = 0; i < policy.restrict().size(); i++) {
            refuse(KeyPath.of("gateway.hosts")
                    .key(host.toString())
                    .key("restrict")
                    .index(i)
                    .key("from"));
        }
    }

    private void tools() {
        boolean exposed =
                observability.domain() != null || !observability.hosts().isEmpty();
        if (!observability.access().from().isEmpty() && (exposed || delivery.host() != null)) {
            refuse(KeyPath.of("observability.access.from"));
        }
        if (delivery.access() != null && !delivery.access().from().isEmpty()) {
            refuse(KeyPath.of("delivery.access.from"));
        }
    }

    private void refuse(KeyPath key) {
        refusals.add(new InvalidValue(
                key.toString(),
                "cannot tell clients apart, because every node passes connections on under its own address",
                "let the balancer ask each node's port and set cluster.platform.nodePorts.healthChecked: true,"
                        + " or remove it"));
    }
}
