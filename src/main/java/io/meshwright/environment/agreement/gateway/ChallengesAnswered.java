package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Challenges;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whoever asks by HTTP-01 reaches the answer: on port 80 of the first gateway, from anywhere and without a token. */
public final class ChallengesAnswered implements Agreement {
    private static final String REMEDY = "prove it by DNS (certificates.zones)";

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().forEach(entry -> {
            List<Listener> listeners = entry.gateway().listeners();
            for (int i = 0; i < listeners.size(); i++) {
                KeyPath at = entry.at().key("listeners").index(i).key("hosts");
                List<Host> hosts = listeners.get(i).hosts();
                for (int k = 0; k < hosts.size(); k++) {
                    if (Challenges.isAsked(environment, listeners.get(i), hosts.get(k))) {
                        refusal(environment, entry, hosts.get(k), at.index(k)).ifPresent(refusals::add);
                    }
                }
            }
        });
        return refusals;
    }

    private static Optional<InvalidValue> refusal(Environment environment, GatewayEntry entry, Host host, KeyPath at) {
        if (!entry.isFirst()) {
            return Optional.of(new InvalidValue(
                    at, "\"%s\" is not at the first gateway, which alone answers for HTTP-01".formatted(host), REMEDY));
        }
        if (entry.isOfGatewayApi()) {
            return Optional.of(new InvalidValue(
                    entry.at().key("api"),
                    "makes no redirect before which an answer for HTTP-01 could come, as \"%s\" needs".formatted(host),
                    "remove it, or ".concat(REMEDY)));
        }
        if (entry.gateway().listeners().stream()
                .noneMatch(listener -> Challenges.arriveAt(listener) && listener.serves(host))) {
            return Optional.of(new InvalidValue(
                    at,
                    "\"%s\" is on no listener of port 80, where HTTP-01 asks".formatted(host),
                    "add {port: 80, protocol: HTTP, hosts: [%s], redirectToHttps: true}, or %s"
                            .formatted(host, REMEDY)));
        }
        if (!entry.gateway().service().loadBalancerSourceRanges().isEmpty()) {
            return Optional.of(new InvalidValue(
                    entry.at().key("service").key("loadBalancerSourceRanges"),
                    "keeps out whoever asks by HTTP-01 for \"%s\"".formatted(host),
                    "remove it, or ".concat(REMEDY)));
        }
        return gate(environment, entry, host)
                .map(gate -> new InvalidValue(
                        gate,
                        "keeps out whoever asks by HTTP-01 for \"%s\"".formatted(host),
                        "leave %s* out of it, or %s".formatted(Challenges.PATH, REMEDY)));
    }

    /** The key that keeps strangers from the answer. */
    private static Optional<KeyPath> gate(Environment environment, GatewayEntry entry, Host host) {
        HostPolicy policy = entry.gateway().hosts().get(host);
        KeyPath at = entry.at().key("hosts").key(host.toString());
        if (policy != null) {
            for (int i = 0; i < policy.restrict().size(); i++) {
                if (covers(policy.restrict().get(i).prefix())) {
                    return Optional.of(at.key("restrict").index(i));
                }
            }
            if (policy.jwt() != null && asks(policy.jwt())) {
                return Optional.of(at.key("jwt"));
            }
            if (policy.externalAuthorization() != null
                    && asks(
                            policy.externalAuthorization().protectedPaths(),
                            policy.externalAuthorization().publicPaths())) {
                return Optional.of(at.key("externalAuthorization"));
            }
        }
        return ofTools(environment, host);
    }

    private static Optional<KeyPath> ofTools(Environment environment, Host host) {
        Observability observability = environment.observability();
        if (observability.access().isRestricted()
                && (host.equals(observability.domain())
                        || observability.hosts().containsValue(host)
                        || host.equals(environment.delivery().host())
                                && environment.delivery().access() == null)) {
            return Optional.of(KeyPath.of("observability").key("access"));
        }
        return host.equals(environment.delivery().host())
                        && environment.delivery().access() != null
                        && environment.accessToDelivery().isRestricted()
                ? Optional.of(KeyPath.of("delivery").key("access"))
                : Optional.empty();
    }

    private static boolean asks(Jwt jwt) {
        return jwt.enabled() && asks(jwt.protectedPaths(), jwt.publicPaths());
    }

    private static boolean asks(List<PathPattern> protectedPaths, List<PathPattern> publicPaths) {
        return (protectedPaths.isEmpty() || protectedPaths.stream().anyMatch(ChallengesAnswered::covers))
                && publicPaths.stream().noneMatch(ChallengesAnswered::covers);
    }

    private static boolean covers(PathPattern pattern) {
        return pattern.value().endsWith("/*")
                && covers(pattern.value().substring(0, pattern.value().length() - "/*".length()));
    }

    private static boolean covers(String prefix) {
        return Challenges.PATH.startsWith(prefix.endsWith("/") ? prefix : prefix.concat("/"));
    }
}
