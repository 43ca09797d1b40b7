package io.meshwright.construct.traffic;

import io.meshwright.builders.Buildable;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.PathOwners;
import io.meshwright.value.traffic.RouteConditions;
import io.meshwright.value.traffic.RoutePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All routes of one host, the one that says most first; one service owns each path. */
public final class RouteTable {
    private final Props props;
    private final List<RouteRule> rules;

    private RouteTable(Props props) {
        this.props = props;
        Map<RoutePath, List<Claim>> byPath = new TreeMap<>();
        props.claims()
                .forEach(claim -> byPath.computeIfAbsent(claim.route().path(), path -> new ArrayList<>())
                        .add(claim));
        List<RouteRule> claimed =
                byPath.values().stream().flatMap(this::path).sorted().toList();
        claimed.forEach(this::verified);
        Claim any = props.claims().get(0);
        List<RouteRule> first = new ArrayList<>();
        if (props.refusesActuators()) {
            first.add(Expansion.withoutActuators(any));
        }
        if (props.refusesDotSegments()) {
            first.add(Expansion.withoutDotSegments(any));
        }
        props.maintenance()
                .filter(Maintenance::enabled)
                .ifPresent(closing -> first.add(Expansion.everything(any).closed("maintenance", closing)));
        this.rules = unique(Stream.concat(first.stream(), claimed.stream().flatMap(RouteTable::maintained))
                .map(this::guarded)
                .toList());
    }

    /** Begins the table of a host. */
    public static Builder of(Host host) {
        return new Builder().host(host);
    }

    public Host host() {
        return props.host();
    }

    /** The policy that every route carries. */
    public Optional<Cors> cors() {
        return props.cors();
    }

    /** The routes in the order in which Istio tries them. */
    public List<RouteRule> rules() {
        return rules;
    }

    /** Names of the routes whose weights Argo Rollouts writes for one service. */
    public List<String> managed(Backend backend) {
        return rules.stream()
                .filter(rule -> rule.managed() && rule.owner().sameService(backend))
                .map(RouteRule::name)
                .toList();
    }

    private Stream<RouteRule> path(List<Claim> claims) {
        Claim first = claims.get(0);
        PathOwners owners = new PathOwners();
        claims.forEach(claim -> owned(first, claim, owners));
        List<RouteRule> rules = new ArrayList<>(
                claims.stream().flatMap(claim -> Expansion.of(claim).stream()).toList());
        distinct(rules);
        if (cors().isPresent() && rules.stream().noneMatch(RouteRule::takesPreflight)) {
            rules.add(Expansion.preflight(first));
        }
        return rules.stream();
    }

    private void owned(Claim first, Claim claim, PathOwners owners) {
        Require.that(
                claim.route().host().equals(host()),
                "routes",
                "\"%s\" is not host %s".formatted(claim.route().host(), host()),
                "put it into the table of its own host");
        Require.that(
                owners.otherOwner(claim.route(), claim.backend().toString()).isEmpty(),
                "routes",
                "path \"%s\" of host %s has two owners, %s and %s"
                        .formatted(claim.route().path(), host(), first.backend(), claim.backend()),
                PathOwners.REMEDY);
    }

    private void distinct(List<RouteRule> rules) {
        RouteConditions conditions = new RouteConditions();
        rules.forEach(rule -> Require.that(
                conditions
                        .takenBefore(host(), rule.path(), rule.match(), rule.name())
                        .isEmpty(),
                "routes",
                "path \"%s\" of host %s has the same conditions twice, so the second would never be used"
                        .formatted(rule.path(), host()),
                "remove one of the routes of %s".formatted(rule.owner())));
    }

    private static Stream<RouteRule> maintained(RouteRule rule) {
        Maintenance closing = rule.route().maintenance();
        return closing == null || !closing.enabled()
                ? Stream.of(rule)
                : Stream.of(rule.closed("%s-maintenance".formatted(rule.name()), closing), rule);
    }

    private RouteRule guarded(RouteRule rule) {
        if (props.securityHeaders().isEmpty() && rule.route().securityHeaders() == null) {
            return rule;
        }
        SecurityHeaders wider = props.securityHeaders().orElseGet(SecurityHeaders::defaults);
        return rule.guarded(props.inPlainText() ? wider.inPlainText() : wider);
    }

    private void verified(RouteRule rule) {
        Require.that(
                props.verifiesTokens() || !rule.match().readsToken(),
                "claims",
                "decide on route \"%s\" of host %s, where nobody verifies tokens".formatted(rule.name(), host()),
                "declare jwt for the host and route through the gateway, or decide by a header or cookie");
    }

    private static List<RouteRule> unique(List<RouteRule> rules) {
        Set<String> names = new HashSet<>();
        return rules.stream()
                .map(rule -> {
                    String name = rule.name();
                    for (int number = 2; !names.add(name); number++) {
                        name = "%s-%d".formatted(rule.name(), number);
                    }
                    return rule.named(name);
                })
                .toList();
    }

    /**
     * All that the table of a host needs.
     *
     * @param host whose requests they are
     * @param claims of services to requests for the host
     * @param cors policy of the host, which every route carries; absent: no other origin may call it
     * @param verifiesTokens true if a RequestAuthentication verifies tokens where these routes are: only there can a
     *     claim decide
     * @param refusesActuators true if the proxy itself answers 403 to requests for Spring Boot's management endpoints,
     *     before any route
     * @param refusesDotSegments true if the proxy itself answers 403 to paths whose dot segments it does not resolve
     *     itself: where policies decide by paths, a server that resolves them would answer for another path
     * @param securityHeaders what every answer of the host tells browsers, where a route says nothing else; absent:
     *     what its routes say
     * @param inPlainText true if clients come without TLS, so that nobody promises it to them unasked
     * @param maintenance answers every request of the host, in the place of its routes; absent: none does
     */
    @Buildable
    record Props(
            @Required Host host,
            @Required List<Claim> claims,
            Optional<Cors> cors,
            boolean verifiesTokens,
            boolean refusesActuators,
            boolean refusesDotSegments,
            Optional<SecurityHeaders> securityHeaders,
            boolean inPlainText,
            Optional<Maintenance> maintenance) {}

    /** Collects the claims of services on one host. */
    public static final class Builder extends RouteTableSetters<Builder> {
        private Builder() {}

        public Builder claim(Claim claim) {
            return claims(List.of(claim));
        }

        /** Refuses a path that two services claim, and a route that another one hides. */
        public RouteTable build() {
            return new RouteTable(props());
        }
    }
}
