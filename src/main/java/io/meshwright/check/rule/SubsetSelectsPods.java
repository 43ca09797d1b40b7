package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Service;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A subset is a part of a service's pods: its labels must be on some of them, and on fewer than all. */
public final class SubsetSelectsPods implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> used = new TreeSet<>();
        mesh.virtualServices()
                .all()
                .forEach(route -> Target.of(route)
                        .forEach(target -> target.subset()
                                .ifPresent(subset -> used.add(
                                        key(mesh.services().host(target.host(), target.namespace()), subset)))));
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> rule.subsets().values().stream()
                        .flatMap(subset -> Stream.concat(
                                empty(mesh, rule, subset)
                                        // To a subset that no route names nothing is sent yet.
                                        .map(finding -> used.contains(key(rule.host(), subset.name()))
                                                ? finding
                                                : finding.as(Severity.WARNING)),
                                whole(subset))));
    }

    private static String key(String host, String subset) {
        return "%s %s".formatted(host, subset);
    }

    private static Stream<Finding> empty(Mesh mesh, DestinationRule rule, DestinationRule.Subset subset) {
        if (HostName.isWildcard(rule.host()) || subset.selector().isEmpty()) {
            return Stream.empty();
        }
        return mesh.services().of(rule.host()).stream()
                .filter(service -> mesh.destinationRules().pods(service, subset).isEmpty() && selects(mesh, service))
                .limit(1)
                .map(service -> Given.weighed(
                        Rule.SUBSET_SELECTS_NO_POD.at(
                                subset.source(),
                                "no pod behind %s carries %s, so requests for subset \"%s\" get 503 with flag UH"
                                        .formatted(service, subset.selector().labels(), subset.name())),
                        mesh.services().pods(service).stream()
                                .anyMatch(pod -> Nearby.together(
                                        rule.source().manifest(), pod.source().manifest()))));
    }

    /** Whether pods are, or should be, behind the service: another gets its endpoints from elsewhere. */
    private static boolean selects(Mesh mesh, Service service) {
        return !mesh.services().pods(service).isEmpty()
                || service.isKubernetes()
                        && service.selector()
                                .filter(selector -> !selector.isEmpty())
                                .isPresent();
    }

    private static Stream<Finding> whole(DestinationRule.Subset subset) {
        boolean idle = subset.selector().isEmpty()
                && !subset.source().manifest().at(subset.source().pointer()).has("trafficPolicy");
        return idle
                ? Stream.of(Rule.SUBSET_WITHOUT_LABELS.at(
                        subset.source(),
                        "subset \"%s\" has neither labels nor a policy, so it is the same as the whole service"
                                .formatted(subset.name())))
                : Stream.empty();
    }
}
