package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A subset exists only where the DestinationRule that the caller heeds defines it. */
@AutoService(Inspection.class)
public final class RouteToKnownSubset implements Check {
    public static final Rule ROUTE_TO_UNKNOWN_SUBSET = Rule.error("MESH124", "route_to_unknown_subset")
            .title("A route leads to a subset that the caller's DestinationRule does not define")
            .twins("IST0101", "KIA1107")
            .consequence("The proxy has no cluster for it and answers 503 with flag NC.")
            .remedy("Define the subset in the DestinationRule of that host, with labels of its pods.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_TO_UNKNOWN_SUBSET);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        Map<String, List<DestinationRule>> rules = mesh.destinationRules().written().stream()
                .collect(Collectors.groupingBy(DestinationRule::host, TreeMap::new, Collectors.toList()));
        Map<String, Set<String>> gateways = new TreeMap<>();
        mesh.gateways()
                .all()
                .forEach(gateway -> gateways.put(
                        gateway.reference(),
                        mesh.gateways().pods(gateway).stream()
                                .map(Pod::namespace)
                                .collect(Collectors.toCollection(TreeSet::new))));
        return mesh.virtualServices().all().stream()
                .flatMap(service -> WrittenDestination.of(service).stream())
                .filter(target -> target.subset().isPresent())
                .flatMap(target -> {
                    List<DestinationRule> ofHost =
                            rulesOf(rules, mesh.services().host(target.host(), target.namespace()));
                    return isUnplaced(mesh, ofHost, target)
                            ? Stream.empty()
                            : finding(mesh, completeness, ofHost, target)
                                    .or(() -> target.service(mesh)
                                            .flatMap(service -> hidden(mesh, gateways, target, service)))
                                    .map(target::weighed)
                                    .stream();
                });
    }

    private static Optional<Finding> finding(
            Mesh mesh, Completeness completeness, List<DestinationRule> rules, WrittenDestination target) {
        String subset = target.subset().orElseThrow();
        if (!isDefined(rules, subset)) {
            boolean telling = !rules.isEmpty()
                    || target.service(mesh)
                            .map(service -> completeness.services(service.namespace()))
                            .orElse(false)
                    || mesh.destinationRules().written().stream()
                            .anyMatch(rule -> rule.namespace().equals(target.namespace()));
            // Of a host that nobody knows its own note is enough.
            boolean known = telling || target.service(mesh).isPresent();
            return known ? Optional.of(Completeness.weighed(unknown(target, rules), telling)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** True if only a rule without a namespace has the subset: whoever applies it may choose the route's. */
    private static boolean isUnplaced(Mesh mesh, List<DestinationRule> rules, WrittenDestination target) {
        String subset = target.subset().orElseThrow();
        return !isDefined(rules, subset)
                && mesh.destinationRules().written().stream()
                        .filter(rule -> rule.source().manifest().namespace().isEmpty())
                        .filter(rule -> rule.subsets().containsKey(subset))
                        .anyMatch(rule -> firstLabel(rule.host()).equals(firstLabel(target.host())));
    }

    private static boolean isDefined(List<DestinationRule> rules, String subset) {
        return rules.stream().anyMatch(rule -> rule.subsets().containsKey(subset));
    }

    private static String firstLabel(String host) {
        return host.split("\\.", 2)[0];
    }

    private static List<DestinationRule> rulesOf(Map<String, List<DestinationRule>> byHost, String host) {
        List<DestinationRule> rules = new ArrayList<>(byHost.getOrDefault(host, List.of()));
        // In order of their texts all wildcards come before any letter.
        byHost.entrySet().stream()
                .takeWhile(entry -> entry.getKey().isEmpty() || HostName.isWildcard(entry.getKey()))
                .filter(entry -> HostName.within(host, entry.getKey()))
                .forEach(entry -> rules.addAll(entry.getValue()));
        return rules;
    }

    private static Finding unknown(WrittenDestination target, List<DestinationRule> rules) {
        String where = rules.isEmpty()
                ? "no DestinationRule is written for \"%s\"".formatted(target.host())
                : "%s does not define it".formatted(rules.get(0).source().manifest());
        return ROUTE_TO_UNKNOWN_SUBSET.at(
                target.source().at("/subset"),
                "subset \"%s\" does not exist: %s, %s"
                        .formatted(target.subset().orElseThrow(), where, target.withoutCluster()));
    }

    private static Optional<Finding> hidden(
            Mesh mesh, Map<String, Set<String>> gateways, WrittenDestination target, Service service) {
        return callers(gateways, target).stream()
                .flatMap(namespace -> mesh.destinationRules().seenBy(new Client(namespace, Map.of()), service).stream()
                        .filter(rule ->
                                !rule.subsets().containsKey(target.subset().orElseThrow()))
                        .map(rule -> ROUTE_TO_UNKNOWN_SUBSET
                                .at(
                                        target.source().at("/subset"),
                                        ("callers in namespace \"%s\" heed %s, which hides the rule that defines "
                                                        + "subset \"%s\", %s")
                                                .formatted(
                                                        namespace,
                                                        rule.source().manifest(),
                                                        target.subset().orElseThrow(),
                                                        target.withoutCluster()))
                                .remedy("Define the subset in that DestinationRule too, or remove it.")))
                .findFirst();
    }

    /** The namespaces of the proxies that take the route: those of its gateways' pods, and its own for sidecars. */
    private static Set<String> callers(Map<String, Set<String>> gateways, WrittenDestination target) {
        Set<String> callers = new TreeSet<>();
        if (target.owner().isOnMesh()) {
            callers.add(target.namespace());
        }
        target.owner().gateways().forEach(name -> callers.addAll(gateways.getOrDefault(name, Set.of())));
        return callers;
    }
}
