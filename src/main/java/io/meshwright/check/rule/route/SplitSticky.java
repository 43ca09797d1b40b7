package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.workload.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A weight is drawn anew for each request, before a hash may choose among the pods of what was drawn. */
@AutoService(Inspection.class)
public final class SplitSticky implements Check {
    public static final Rule SPLIT_NOT_STICKY = Rule.warning("MESH146", "split_not_sticky")
            .title("A split by weight undoes the stickiness of its DestinationRule")
            .consequence("A client meets one version now and the other with its next request.")
            .remedy(
                    "Let a header or cookie choose the subset in a route of its own, and keep weights for those who have"
                            + " none.");

    private static final String HASH = "/spec/trafficPolicy/loadBalancer/consistentHash";

    @Override
    public List<Rule> rules() {
        return List.of(SPLIT_NOT_STICKY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> finding(mesh, route).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, HttpRoute route) {
        List<Destination> drawn = route.destinations().stream()
                .filter(destination -> destination.weight() > 0)
                .toList();
        Set<Optional<String>> subsets = new HashSet<>();
        drawn.forEach(destination -> subsets.add(destination.subset()));
        boolean split = subsets.size() > 1
                && drawn.stream().map(Destination::host).distinct().count() == 1;
        return !split
                ? Optional.empty()
                : drawn.stream()
                        .limit(1)
                        .flatMap(destination -> rule(mesh, destination).stream())
                        .filter(rule -> rule.source().manifest().at(HASH).isObject())
                        .findFirst()
                        .map(rule -> SPLIT_NOT_STICKY.at(
                                route.source().at("/route"),
                                ("each request draws among %d subsets anew, so the consistentHash of %s holds "
                                                + "nobody to one of them")
                                        .formatted(subsets.size(), rule.source().manifest())));
    }

    private static Optional<DestinationRule> rule(Mesh mesh, Destination destination) {
        String host = mesh.services().host(destination.host(), destination.namespace());
        Optional<Service> service = mesh.services().find(host, destination.namespace());
        return service.flatMap(
                found -> mesh.destinationRules().seenBy(new Client(destination.namespace(), Map.of()), found));
    }
}
