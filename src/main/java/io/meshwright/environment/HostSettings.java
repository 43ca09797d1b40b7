package io.meshwright.environment;

import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.value.Host;
import io.meshwright.value.Port;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.edge.ExternalAuthorization;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.traffic.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of one host at one gateway: its own word, over the gateway's. */
public final class HostSettings {
    private final GatewayEntry entry;
    private final Host host;
    private final @Nullable HostPolicy policy;

    private HostSettings(GatewayEntry entry, Host host) {
        this.entry = entry;
        this.host = host;
        this.policy = entry.gateway().hosts().get(host);
    }

    public static HostSettings of(GatewayEntry entry, Host host) {
        return new HostSettings(entry, host);
    }

    /** At the first gateway. */
    public static HostSettings of(Environment environment, Host host) {
        return new HostSettings(GatewayEntry.first(environment), host);
    }

    /** The hosts at which tools show themselves, all at the first gateway. */
    public static Set<Host> ofTools(Environment environment) {
        Observability observability = environment.observability();
        Set<Host> hosts = new TreeSet<>(observability.hosts().values());
        Optional.ofNullable(observability.domain()).ifPresent(hosts::add);
        Optional.ofNullable(environment.delivery().host()).ifPresent(hosts::add);
        return hosts;
    }

    /**
     * The headers by which answers tell browsers what to do; empty where neither the host nor the gateway says
     * anything.
     */
    public Optional<SecurityHeaders> securityHeaders() {
        SecurityHeaders wider = entry.gateway().securityHeaders();
        return policy == null || policy.securityHeaders() == null
                ? Optional.ofNullable(wider)
                : Optional.of(policy.securityHeaders().over(wider));
    }

    /** True if browsers come by HTTPS: to a proxy in front, or to the gateway itself. */
    public boolean isEncrypted() {
        return entry.edge().trustedProxies() > 0 || entry.gateway().isEncrypted(host);
    }

    /** The answer to every request in the place of the routes; empty where nobody works on them. */
    public Optional<Maintenance> maintenance() {
        return Optional.ofNullable(policy).map(HostPolicy::maintenance);
    }

    /** True if some paths of the host are for others than the rest of it, by a policy at the gateway. */
    public boolean decidesByPath() {
        if (policy == null) {
            return false;
        }
        Jwt jwt = policy.jwt();
        ExternalAuthorization asked = policy.externalAuthorization();
        return policy.restrict().stream()
                        .anyMatch(restriction -> !restriction.prefix().equals("/"))
                || jwt != null
                        && jwt.enabled()
                        && !(jwt.protectedPaths().isEmpty() && jwt.publicPaths().isEmpty())
                || asked != null
                        && !(asked.protectedPaths().isEmpty()
                                && asked.publicPaths().isEmpty());
    }

    /** The length that the body of a route's requests may have; empty where it may have any length. */
    public Optional<BodyLimit> limitOf(Route route) {
        BodyLimit wider = policy == null ? null : policy.maxRequestBytes();
        return Optional.ofNullable(route.maxRequestBytes() == null ? wider : route.maxRequestBytes())
                .filter(limit -> !limit.isNone() && !route.streams() && !route.isAnswered());
    }

    /** The ports at which requests for the host are answered, and not only sent to HTTPS. */
    public List<Port> ports() {
        return entry.gateway().listeners().stream()
                .filter(listener -> listener.isHttp() && !listener.redirectToHttps() && listener.serves(host))
                .map(Listener::port)
                .toList();
    }
}
