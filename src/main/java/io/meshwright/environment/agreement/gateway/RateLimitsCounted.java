package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.RateLimiter;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.edge.RateLimitService;
import java.util.ArrayList;
import java.util.List;

/** Limits of hosts are counted by somebody, who has something to count and a place to keep it. */
public final class RateLimitsCounted implements Agreement {
    private static final KeyPath SERVICE = KeyPath.of("gateway.rateLimitService");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        RateLimitService counting = environment.gateway().rateLimitService();
        environment.gateway().hosts().forEach((host, policy) -> {
            if (!policy.rateLimits().isEmpty() && counting == null) {
                refusals.add(new InvalidValue(
                        KeyPath.of("gateway.hosts").key(host.toString()).key("rateLimits"),
                        "are counted by nobody",
                        "declare gateway.rateLimitService; resilience.rateLimit of a service counts in each of its"
                                + " pods alone"));
            }
        });
        environment.gatewayEntries().stream().skip(1).forEach(entry -> notCounted(entry, refusals));
        if (counting != null) {
            counts(environment, counting, refusals);
        }
        return refusals;
    }

    /** The service that counts is the first gateway's, and lets no other in. */
    private static void notCounted(GatewayEntry entry, List<InvalidValue> refusals) {
        entry.gateway().hosts().forEach((host, policy) -> {
            if (!policy.rateLimits().isEmpty()) {
                refusals.add(new InvalidValue(
                        entry.at().key("hosts").key(host.toString()).key("rateLimits"),
                        "are counted by nobody, because gateway.rateLimitService counts for the first gateway alone",
                        "serve the host at the first gateway, or remove them; resilience.rateLimit of a service counts"
                                + " in each of its pods"));
            }
        });
    }

    private static void counts(Environment environment, RateLimitService counting, List<InvalidValue> refusals) {
        if (environment.gateway().hosts().values().stream()
                .allMatch(policy -> policy.rateLimits().isEmpty())) {
            refusals.add(new InvalidValue(
                    SERVICE,
                    "counts nothing, because no host has rateLimits",
                    "add some to gateway.hosts, or remove it"));
        }
        if (!environment.namespaces().containsKey(counting.namespace())) {
            refusals.add(new InvalidValue(
                    SERVICE.key("namespace"),
                    "there is no namespace \"%s\"".formatted(counting.namespace()),
                    "add it to namespaces"));
        }
        Service made = environment.services().get(RateLimitService.NAME);
        if (made != null
                && (made.container() == null || !made.container().image().equals(counting.image()))) {
            refusals.add(new InvalidValue(
                    KeyPath.of("services").key(RateLimitService.NAME.toString()),
                    "is the name of the service that gateway.rateLimitService makes",
                    "give this one another"));
        }
        redis(environment, counting.redis(), refusals);
    }

    private static void redis(Environment environment, RateLimitService.Redis redis, List<InvalidValue> refusals) {
        KeyPath at = SERVICE.key("redis").key(redis.service() == null ? "external" : "service");
        if (RateLimiter.address(redis, environment.services(), environment.externals())
                .isEmpty()) {
            refusals.add(
                    redis.service() == null
                            ? new InvalidValue(
                                    at,
                                    "there is no Redis \"%s\"".formatted(redis.external()),
                                    "declare it in externals with type: redis")
                            : new InvalidValue(
                                    at,
                                    "there is no service \"%s\" with a port".formatted(redis.service()),
                                    "declare it in services; workload: {type: existing} is one of others"));
            return;
        }
        Service keeping = environment.services().get(redis.service());
        if (keeping != null
                && keeping.allowFrom().stream()
                        .noneMatch(caller -> caller.from().equals(RateLimitService.NAME))) {
            refusals.add(new InvalidValue(
                    at,
                    "\"%s\" does not let \"%s\" in".formatted(redis.service(), RateLimitService.NAME),
                    "add %s to services.%s.allowFrom".formatted(RateLimitService.NAME, redis.service())));
        }
    }
}
