package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Cluster;
import io.meshwright.environment.Delivery;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.edge.HostRateLimit;
import java.util.ArrayList;
import java.util.List;

/** Clients are told apart by their addresses only where the gateway sees these. */
public final class ClientAddressesSeen implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Cluster cluster = environment.cluster();
        // A proxy that is trusted says the client's address in X-Forwarded-For, whatever address a connection comes
        // from.
        if (!cluster.platform().hidesClients() || cluster.edge().trustedProxies() > 0) {
            return List.of();
        }
        List<KeyPath> places = new ArrayList<>();
        environment.gateway().hosts().forEach((host, policy) -> {
            for (int i = 0; i < policy.restrict().size(); i++) {
                places.add(KeyPath.of("gateway.hosts")
                        .key(host.toString())
                        .key("restrict")
                        .index(i)
                        .key("from"));
            }
            for (int i = 0; i < policy.rateLimits().size(); i++) {
                HostRateLimit limit = policy.rateLimits().get(i);
                if (limit.header() == null && limit.per() == HostRateLimit.Per.CLIENT) {
                    places.add(KeyPath.of("gateway.hosts")
                            .key(host.toString())
                            .key("rateLimits")
                            .index(i));
                }
            }
        });
        places.addAll(ofTools(environment.observability(), environment.delivery()));
        return places.stream().map(ClientAddressesSeen::refusal).toList();
    }

    private static List<KeyPath> ofTools(Observability observability, Delivery delivery) {
        List<KeyPath> places = new ArrayList<>();
        boolean exposed =
                observability.domain() != null || !observability.hosts().isEmpty();
        if (!observability.access().from().isEmpty() && (exposed || delivery.host() != null)) {
            places.add(KeyPath.of("observability.access.from"));
        }
        if (delivery.access() != null && !delivery.access().from().isEmpty()) {
            places.add(KeyPath.of("delivery.access.from"));
        }
        return places;
    }

    private static InvalidValue refusal(KeyPath at) {
        return new InvalidValue(
                at,
                "cannot tell clients apart, because every node passes connections on under its own address",
                "let the balancer ask each node's port and set cluster.platform.nodePorts.healthChecked: true,"
                        + " or remove it");
    }
}
