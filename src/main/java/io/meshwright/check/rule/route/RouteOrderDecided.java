package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.MatchCover;
import io.meshwright.check.evidence.MatchCoverIndex;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.VirtualService;
import java.util.ArrayList;
import java.util.Comparator;
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
                            .forEach(host -> sharing.computeIfAbsent(new Key(gateway, host), none -> new ArrayList<>())
                                    .add(service)));
        }
        return sharing.entrySet().stream().flatMap(entry -> pairs(entry.getKey(), entry.getValue()));
    }

    private static Stream<Finding> pairs(Key key, List<VirtualService> services) {
        List<Finding> findings = new ArrayList<>();
        List<List<HttpMatch>> matches =
                services.stream().map(RouteOrderDecided::matches).toList();
        List<Set<Integer>> near = near(matches);
        for (int late = 1; late < services.size(); late++) {
            for (int early : near.get(late)) {
                if (Rivals.differ(
                        services.get(early).manifest(), services.get(late).manifest())) {
                    overlap(key, services.get(early), matches.get(early), matches.get(late))
                            .ifPresent(findings::add);
                }
            }
        }
        return findings.stream();
    }

    /** For each service those before it that may overlap with it. */
    private static List<Set<Integer>> near(List<List<HttpMatch>> matches) {
        MatchCoverIndex index = new MatchCoverIndex();
        List<Set<Integer>> near = new ArrayList<>();
        for (int owner = 0; owner < matches.size(); owner++) {
            near.add(new TreeSet<>());
            for (HttpMatch match : matches.get(owner)) {
                index.add(match, owner);
            }
        }
        for (int owner = 0; owner < matches.size(); owner++) {
            for (HttpMatch match : matches.get(owner)) {
                for (int other : index.owners(match)) {
                    if (other != owner) {
                        near.get(Math.max(owner, other)).add(Math.min(owner, other));
                    }
                }
            }
        }
        return near;
    }

    private static Optional<Finding> overlap(
            Key key, VirtualService early, List<HttpMatch> first, List<HttpMatch> second) {
        for (HttpMatch one : first) {
            for (HttpMatch other : second) {
                boolean sorted = one.isCatchAll() != other.isCatchAll();
                if (!sorted
                        && (MatchCover.covers(one.body(), other.body())
                                || MatchCover.covers(other.body(), one.body()))) {
                    return Optional.of(ROUTE_ORDER_UNDECIDED.at(
                            other.source(),
                            ("%s routes some of these requests for \"%s\" on gateway %s too (line %d); which one gets them"
                                            + " depends on the age of the objects")
                                    .formatted(
                                            early,
                                            key.host(),
                                            key.gateway(),
                                            one.source().place().line())));
                }
            }
        }
        return Optional.empty();
    }

    private static List<HttpMatch> matches(VirtualService service) {
        return service.written().stream()
                .flatMap(route -> route.matches().stream())
                .toList();
    }
}
