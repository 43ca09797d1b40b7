package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Delivery;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.Platform;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.edge.HostRateLimit;
import java.util.ArrayList;
import java.util.List;

/** Clients are told apart by their addresses only where the gateway sees these. */
public final class ClientAddressesSeen implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        // A proxy that is trusted says the client's address in X-Forwarded-For, whatever address a connection comes
        // from.
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().stream()
                .filter(entry -> entry.edge().trustedProxies() == 0)
                .forEach(entry -> entry.hiding()
                        .ifPresent(
                                hiding -> places(environment, entry).forEach(at -> refusals.add(refusal(at, hiding)))));
        return refusals;
    }

    private static List<KeyPath> places(Environment environment, GatewayEntry entry) {
        List<KeyPath> places = new ArrayList<>();
        entry.gateway().hosts().forEach((host, policy) -> {
            for (int i = 0; i < policy.restrict().size(); i++) {
                places.add(entry.at()
                        .key("hosts")
                        .key(host.toString())
                        .key("restrict")
                        .index(i)
                        .key("from"));
            }
            for (int i = 0; i < policy.rateLimits().size(); i++) {
                HostRateLimit limit = policy.rateLimits().get(i);
                if (limit.isPerClient()) {
                    places.add(entry.at()
                            .key("hosts")
                            .key(host.toString())
                            .key("rateLimits")
                            .index(i));
                }
            }
        });
        if (entry.isFirst()) {
            places.addAll(ofTools(environment.observability(), environment.delivery()));
        }
        return places;
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

    private static InvalidValue refusal(KeyPath at, Platform.Hiding hiding) {
        return new InvalidValue(
                at,
                "cannot tell clients apart, because %s".formatted(hiding.why()),
                hiding.remedy().map("%s, or remove it"::formatted).orElse("remove it"));
    }
}
