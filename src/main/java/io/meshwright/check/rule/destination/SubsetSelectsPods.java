package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.Nearby;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A subset is a part of a service's pods: its labels must be on some of them, and on fewer than all. */
@AutoService(Inspection.class)
public final class SubsetSelectsPods implements Check {
    public static final Rule SUBSET_SELECTS_NO_POD = Rule.error("MESH172", "subset_selects_no_pod")
            .title("The labels of a subset are on no pod of the service")
            .twins("IST0173", "KIA0203")
            .consequence("Requests that are sent to the subset get 503 with flag UH.")
            .remedy("Use labels of the pod template, beside those of the Service's selector.");

    public static final Rule SUBSET_WITHOUT_LABELS = Rule.warning("MESH173", "subset_without_labels")
            .title("A subset says nothing")
            .twins("KIA0209")
            .consequence("It is the same as the whole service.")
            .remedy("Give it labels of its pods, or remove it.");

    @Override
    public List<Rule> rules() {
        return List.of(SUBSET_SELECTS_NO_POD, SUBSET_WITHOUT_LABELS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> used = new TreeSet<>();
        mesh.virtualServices()
                .all()
                .forEach(route -> WrittenDestination.of(route)
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
        List<Service> services = mesh.services().of(rule.host());
        boolean listed = !services.isEmpty()
                && services.stream()
                        .allMatch(service -> !service.isKubernetes()
                                && service.selector().isEmpty()
                                && !service.reach().isMet(subset.selector()));
        if (listed) {
            return Stream.of(SUBSET_SELECTS_NO_POD.at(
                    subset.source(),
                    "no endpoint of %s carries %s, so requests for subset \"%s\" get 503 with flag UH"
                            .formatted(rule.host(), subset.selector().labels(), subset.name())));
        }
        return services.stream()
                .filter(service -> mesh.destinationRules().pods(service, subset).isEmpty() && selects(mesh, service))
                .limit(1)
                .map(service -> Completeness.weighed(
                        SUBSET_SELECTS_NO_POD.at(
                                subset.source(),
                                "no pod behind %s carries %s, so requests for subset \"%s\" get 503 with flag UH"
                                        .formatted(service, subset.selector().labels(), subset.name())),
                        mesh.services().pods(service).stream()
                                .anyMatch(pod -> Nearby.together(
                                        rule.source().manifest(), pod.source().manifest()))));
    }

    /** True if pods are, or should be, behind the service: another gets its endpoints from elsewhere. */
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
                ? Stream.of(SUBSET_WITHOUT_LABELS.at(
                        subset.source(),
                        "subset \"%s\" has neither labels nor a policy, so it is the same as the whole service"
                                .formatted(subset.name())))
                : Stream.empty();
    }
}
