package io.meshwright.construct.traffic;

import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.PathOwners;
import io.meshwright.value.traffic.RoutePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All routes of one host, the one that says most first; one service owns each path. */
public final class RouteTable {
    private final Host host;
    private final Optional<Cors> cors;
    private final List<RouteRule> rules;

    private RouteTable(Host host, Optional<Cors> cors, List<RouteRule> rules) {
        this.host = host;
        this.cors = cors;
        this.rules = rules;
    }

    /** Begins the table of a host. */
    public static Builder of(Host host) {
        return new Builder(host);
    }

    public Host host() {
        return host;
    }

    /** The policy that every route carries. */
    public Optional<Cors> cors() {
        return cors;
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

    /** Collects the claims of services on one host. */
    public static final class Builder {
        private final Host host;
        private final List<Claim> claims = new ArrayList<>();
        private @Nullable Cors cors;
        private boolean tokens;
        private boolean actuators;

        private Builder(Host host) {
            this.host = host;
        }

        public Builder claims(List<Claim> claims) {
            this.claims.addAll(claims);
            return this;
        }

        public Builder claim(Claim claim) {
            return claims(List.of(claim));
        }

        /** The host's CORS policy, which every route carries; null: no other origin may call it. */
        public Builder cors(@Nullable Cors cors) {
            this.cors = cors;
            return this;
        }

        /** A RequestAuthentication verifies tokens where these routes are: only there can a claim decide. */
        public Builder verifiesTokens(boolean tokens) {
            this.tokens = tokens;
            return this;
        }

        /** The proxy itself answers 403 to requests for Spring Boot's management endpoints, before any route. */
        public Builder refusesActuators(boolean actuators) {
            this.actuators = actuators;
            return this;
        }

        /** Refuses a path that two services claim, and a route that another one hides. */
        public RouteTable build() {
            Require.notEmpty("routes", claims);
            Map<RoutePath, List<Claim>> byPath = new TreeMap<>();
            claims.forEach(claim -> byPath.computeIfAbsent(claim.route().path(), path -> new ArrayList<>())
                    .add(claim));
            List<RouteRule> rules =
                    byPath.values().stream().flatMap(this::path).sorted().toList();
            rules.forEach(this::verified);
            Stream<RouteRule> first = actuators ? Stream.of(Expansion.withoutActuators(claims.get(0))) : Stream.empty();
            return new RouteTable(
                    host,
                    Optional.ofNullable(cors),
                    unique(Stream.concat(first, rules.stream()).toList()));
        }

        private Stream<RouteRule> path(List<Claim> claims) {
            Claim first = claims.get(0);
            PathOwners owners = new PathOwners();
            claims.forEach(claim -> owned(first, claim, owners));
            List<RouteRule> rules = new ArrayList<>(claims.stream()
                    .flatMap(claim -> Expansion.of(claim).stream())
                    .toList());
            distinct(rules);
            if (cors != null && rules.stream().noneMatch(RouteRule::takesPreflight)) {
                rules.add(Expansion.preflight(first));
            }
            return rules.stream();
        }

        private void owned(Claim first, Claim claim, PathOwners owners) {
            Require.that(
                    claim.route().host().equals(host),
                    "routes",
                    "\"%s\" is not host %s".formatted(claim.route().host(), host),
                    "put it into the table of its own host");
            Require.that(
                    owners.otherOwner(claim.route(), claim.backend().toString()).isEmpty(),
                    "routes",
                    "path \"%s\" of host %s has two owners, %s and %s"
                            .formatted(claim.route().path(), host, first.backend(), claim.backend()),
                    PathOwners.REMEDY);
        }

        private void distinct(List<RouteRule> rules) {
            Set<String> seen = new HashSet<>();
            rules.forEach(rule -> Require.that(
                    seen.add("%s %s".formatted(rule.match().methods(), rule.conditions())),
                    "routes",
                    "path \"%s\" of host %s has the same conditions twice, so the second would never be used"
                            .formatted(rule.path(), host),
                    "remove one of the routes of %s".formatted(rule.owner())));
        }

        private void verified(RouteRule rule) {
            Require.that(
                    tokens || !rule.match().readsToken(),
                    "claims",
                    "decide on route \"%s\" of host %s, where nobody verifies tokens".formatted(rule.name(), host),
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
    }
}
