package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.MatchCover;
import io.meshwright.check.evidence.MatchCoverIndex;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A gateway joins the VirtualServices of a host by their age, which no manifest tells; where their routes overlap, age
 * decides.
 */
@AutoService(Inspection.class)
public final class RouteOrderDecided implements Check {
    public static final Rule ROUTE_ORDER_UNDECIDED = Rule.warning("MESH130", "route_order_undecided")
            .title("Two VirtualServices of one gateway and host route the same requests")
            .twins("KIA1106")
            .consequence("The age of the objects decides, so a re-created object changes the traffic.")
            .remedy("Join the two, or make their matches disjoint.");

    /** A match of a route, whose place it may stand for: without one, the route takes every request. */
    private record Asked(HttpMatch match, HttpRoute route) {
        static Stream<Asked> of(HttpRoute route) {
            return route.matches().isEmpty()
                    ? Stream.of(new Asked(
                            new HttpMatch(
                                    route.source(),
                                    JsonNodeFactory.instance.objectNode(),
                                    route.owner().manifest().home()),
                            route))
                    : route.matches().stream().map(match -> new Asked(match, route));
        }
    }

    private record Key(String gateway, String host) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::gateway).thenComparing(Key::host);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_ORDER_UNDECIDED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Key, List<VirtualService>> sharing = new TreeMap<>();
        for (VirtualService service : mesh.virtualServices().all()) {
            service.gateways().stream()
                    .filter(gateway -> !gateway.equals(VirtualService.MESH))
                    .distinct()
                    .forEach(gateway -> service.hosts().stream()
                            .distinct()
                            .filter(host -> mesh.gateways()
                                    .find(gateway)
                                    .map(found -> found.serves(
                                            host, service.manifest().home()))
                                    .orElse(true))
                            .forEach(host -> sharing.computeIfAbsent(new Key(gateway, host), none -> new ArrayList<>())
                                    .add(service)));
        }
        return Stream.concat(
                sharing.entrySet().stream()
                        .flatMap(entry -> pairs(entry.getKey(), ports(mesh, entry.getKey()), entry.getValue())),
                ties(mesh));
    }

    /** Routes of the Gateway API that ask for the same as one of another object, where only age orders them. */
    private static Stream<Finding> ties(Mesh mesh) {
        Map<String, List<VirtualService>> ofServices = new TreeMap<>();
        mesh.virtualServices().ofGatewayApi().stream()
                .filter(VirtualService::isOnMesh)
                .forEach(service -> service.hosts()
                        .forEach(host -> ofServices
                                .computeIfAbsent(host, none -> new ArrayList<>())
                                .add(service)));
        return Stream.concat(
                GatewayRoute.of(mesh).stream()
                        .filter(entry -> entry.route().isOfGatewayApi())
                        .map(GatewayRoute::host)
                        .distinct()
                        .flatMap(host -> ties(mesh, host.domain(), host.parts()).stream()),
                ofServices.entrySet().stream().flatMap(entry -> ties(mesh, entry.getKey(), entry.getValue()).stream()));
    }

    private static List<Finding> ties(Mesh mesh, String host, List<VirtualService> parts) {
        List<Finding> findings = new ArrayList<>();
        Map<JsonNode, HttpRoute> first = new LinkedHashMap<>();
        // A route for everything hides those behind it from the proxy's own table.
        parts.stream()
                .flatMap(part -> mesh.virtualServices().routes(part).stream())
                .flatMap(route -> Asked.of(route).limit(1))
                .forEach(asked -> {
                    HttpRoute route = asked.route();
                    HttpRoute early = first.putIfAbsent(asked.match().body(), route);
                    if (early != null
                            && early.tiesWith(route)
                            && Rivals.differ(
                                    early.source().manifest(), route.source().manifest())
                            && !endAlike(early, route)) {
                        findings.add(ROUTE_ORDER_UNDECIDED.at(
                                route.source(),
                                "%s asks for the same on \"%s\"; which one gets requests depends on the age of the objects"
                                        .formatted(early.source().manifest(), host)));
                    }
                });
        return findings;
    }

    /** True if it does not matter which of the two gets a request. */
    private static boolean endAlike(HttpRoute one, HttpRoute other) {
        return one.owner().manifest().home().equals(other.owner().manifest().home())
                && action(one).equals(action(other));
    }

    private static ObjectNode action(HttpRoute route) {
        ObjectNode action = route.body().deepCopy();
        return action.remove(List.of("match", "name"));
    }

    /** The ports on which the gateway has servers; none where nobody tells. */
    private static List<Integer> ports(Mesh mesh, Key key) {
        return mesh.gateways().find(key.gateway()).stream()
                .flatMap(gateway -> gateway.servers().stream())
                .map(Server::port)
                .distinct()
                .toList();
    }

    private static Stream<Finding> pairs(Key key, List<Integer> ports, List<VirtualService> services) {
        List<Finding> findings = new ArrayList<>();
        List<List<Asked>> matches =
                services.stream().map(RouteOrderDecided::matches).toList();
        List<Set<Integer>> near = near(matches);
        for (int late = 1; late < services.size(); late++) {
            for (int early : near.get(late)) {
                if (Rivals.differ(
                        services.get(early).manifest(), services.get(late).manifest())) {
                    overlap(key, ports, services.get(early), matches.get(early), matches.get(late))
                            .ifPresent(findings::add);
                }
            }
        }
        return findings.stream();
    }

    /** For each service those before it that may overlap with it. */
    private static List<Set<Integer>> near(List<List<Asked>> matches) {
        MatchCoverIndex index = new MatchCoverIndex();
        List<Set<Integer>> near = new ArrayList<>();
        for (int owner = 0; owner < matches.size(); owner++) {
            near.add(new TreeSet<>());
            for (Asked asked : matches.get(owner)) {
                index.add(asked.match(), owner);
            }
        }
        for (int owner = 0; owner < matches.size(); owner++) {
            for (Asked asked : matches.get(owner)) {
                for (int other : index.owners(asked.match())) {
                    if (other != owner) {
                        near.get(Math.max(owner, other)).add(Math.min(owner, other));
                    }
                }
            }
        }
        return near;
    }

    private static Optional<Finding> overlap(
            Key key, List<Integer> ports, VirtualService early, List<Asked> first, List<Asked> second) {
        for (Asked one : first) {
            for (Asked other : second) {
                if (overlap(one.match(), other.match())
                        && meet(key, ports, one.match(), other.match())
                        && !endAlike(one.route(), other.route())) {
                    return Optional.of(ROUTE_ORDER_UNDECIDED.at(
                            other.match().source(),
                            ("%s routes some of these requests for \"%s\" on gateway %s too (line %d); which one gets them"
                                            + " depends on the age of the objects")
                                    .formatted(
                                            early,
                                            key.host(),
                                            key.gateway(),
                                            one.match().source().place().line())));
                }
            }
        }
        return Optional.empty();
    }

    /** One that takes every path comes after all others, whose age then does not matter. */
    private static boolean overlap(HttpMatch one, HttpMatch other) {
        return one.isCatchAll() == other.isCatchAll()
                && (MatchCover.covers(one.body(), other.body()) || MatchCover.covers(other.body(), one.body()));
    }

    /** True if some server of the gateway reads both, which may ask for a port. */
    private static boolean meet(Key key, List<Integer> ports, HttpMatch one, HttpMatch other) {
        return ports.isEmpty()
                || ports.stream()
                        .anyMatch(port -> one.countsAt(key.gateway(), port) && other.countsAt(key.gateway(), port));
    }

    private static List<Asked> matches(VirtualService service) {
        return service.written().stream().flatMap(Asked::of).toList();
    }
}
