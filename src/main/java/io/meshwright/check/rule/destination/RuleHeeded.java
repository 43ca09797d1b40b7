package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One DestinationRule hides all others of a host: the caller's namespace comes before the service's, and nothing is
 * merged between them.
 */
@AutoService(Inspection.class)
public final class RuleHeeded implements Check {
    public static final Rule RULE_HIDES_ANOTHER = Rule.warning("MESH174", "rule_hides_another")
            .title("A DestinationRule hides the one of the service's owner")
            .twins("KIA0204")
            .consequence("Callers of that namespace lose the other rule's subsets, TLS mode and limits.")
            .remedy("Repeat what they need in the hiding rule, narrow its host, or remove it.");

    public static final Rule RULE_WRITTEN_TWICE = Rule.warning("MESH175", "rule_written_twice")
            .title("Two DestinationRules of a namespace say the same of one host")
            .twins("KIA0201")
            .consequence("Of each policy and subset only the older object's counts.")
            .remedy("Join the two.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE_HIDES_ANOTHER, RULE_WRITTEN_TWICE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<DestinationRule> rules = mesh.destinationRules().written();
        Map<List<String>, List<DestinationRule>> rivals =
                rules.stream().collect(Collectors.groupingBy(rule -> List.of(rule.namespace(), rule.host())));
        return rules.stream()
                .flatMap(rule -> Stream.concat(
                        (rule.clients().isPresent() ? takesAway(mesh, rule) : hides(mesh, rule)).stream(),
                        repeats(mesh, rule, rivals.getOrDefault(List.of(rule.namespace(), rule.host()), List.of()))
                                .stream()));
    }

    /** A rule that keeps callers of its namespace from the rule of the service's owner. */
    private static Optional<Finding> hides(Mesh mesh, DestinationRule rule) {
        Client client = new Client(rule.namespace(), Map.of());
        return services(mesh, rule)
                .flatMap(service -> {
                    List<DestinationRule> candidates = mesh.destinationRules().candidates(client, service);
                    boolean first = candidates.size() > 1
                            && candidates.get(0).parts().contains(rule.source().manifest())
                            && !candidates.get(1).namespace().equals(rule.namespace())
                            && !(covers(rule, candidates.get(1)) && keepsTls(mesh, rule, candidates.get(1)));
                    return first
                            ? Stream.of(RULE_HIDES_ANOTHER.at(
                                    rule.source().at("/spec/host"),
                                    "for callers in namespace \"%s\" it hides %s, whose %s for %s are lost to them"
                                            .formatted(
                                                    rule.namespace(),
                                                    candidates.get(1).source().manifest(),
                                                    lost(rule, candidates.get(1)),
                                                    service)))
                            : Stream.empty();
                })
                .findFirst();
    }

    /** A rule for some pods of its namespace that leaves the others without the rule of the service's owner. */
    private static Optional<Finding> takesAway(Mesh mesh, DestinationRule rule) {
        Optional<Pod> other = mesh.pods().all().stream()
                .filter(pod ->
                        pod.namespace().equals(rule.namespace()) && pod.proxy().isSidecar())
                .filter(pod -> !rule.clients().orElseThrow().selects(pod.labels()))
                .findFirst();
        return other.stream()
                .flatMap(pod -> services(mesh, rule)
                        .filter(service -> mesh.destinationRules()
                                .seenBy(Client.of(pod), service)
                                .isEmpty())
                        .flatMap(service -> mesh.destinationRules()
                                .hidden(Client.of(pod), service)
                                .limit(1)
                                .filter(hidden -> !hidden.namespace().equals(rule.namespace()))
                                .filter(hidden -> !hidden.subsets().isEmpty()
                                        || hidden.policy().isPresent())
                                .map(hidden -> RULE_HIDES_ANOTHER.at(
                                        rule.source().at("/spec/host"),
                                        ("it does not select %s, and hides %s from it all the same, whose %s for %s "
                                                        + "are lost to it")
                                                .formatted(
                                                        pod,
                                                        hidden.source().manifest(),
                                                        named(hidden.subsets().keySet()),
                                                        service)))))
                .findFirst();
    }

    private static String named(Collection<String> subsets) {
        return subsets.isEmpty() ? "settings" : "subsets %s".formatted(String.join(", ", subsets));
    }

    private static Stream<Service> services(Mesh mesh, DestinationRule rule) {
        return HostName.isWildcard(rule.host())
                ? mesh.services().all().stream().filter(service -> HostName.within(service.host(), rule.host()))
                : mesh.services().of(rule.host()).stream();
    }

    private static boolean covers(DestinationRule rule, DestinationRule hidden) {
        return rule.subsets().keySet().containsAll(hidden.subsets().keySet())
                && (rule.policy().isPresent() || hidden.policy().isEmpty());
    }

    /** Istio's own mutual TLS comes back by itself, other TLS does not. */
    private static boolean keepsTls(Mesh mesh, DestinationRule rule, DestinationRule hidden) {
        String mode =
                hidden.source().manifest().at("/spec/trafficPolicy/tls/mode").asText("DISABLE");
        boolean automatic = mode.equals("DISABLE")
                || mode.equals("ISTIO_MUTUAL") && mesh.config().autoMtls();
        return automatic || rule.source().manifest().at("/spec/trafficPolicy").has("tls");
    }

    private static String lost(DestinationRule rule, DestinationRule hidden) {
        List<String> lost = new ArrayList<>(hidden.subsets().keySet());
        lost.removeAll(rule.subsets().keySet());
        return named(lost);
    }

    /** A later rule of the same host whose policy or subsets are dropped when Istio merges the two. */
    private static Optional<Finding> repeats(Mesh mesh, DestinationRule rule, List<DestinationRule> rivals) {
        return rivals.stream()
                .takeWhile(earlier -> earlier != rule)
                .filter(earlier ->
                        Rivals.differ(earlier.source().manifest(), rule.source().manifest()))
                .filter(earlier -> earlier.clients().equals(rule.clients()) && areMerged(mesh, earlier, rule))
                .filter(earlier -> earlier.policy().isPresent() && rule.policy().isPresent()
                        || earlier.subsets().keySet().stream().anyMatch(rule.subsets()::containsKey))
                .findFirst()
                .map(earlier -> RULE_WRITTEN_TWICE.at(
                        Source.of(rule.parts().get(0)).at("/spec/host"),
                        "%s says the same things of \"%s\"; of each policy and subset only the older object's counts"
                                .formatted(earlier.source().manifest(), rule.host())));
    }

    /** Rules for different namespaces are kept apart, from the release on that asks (mergeDestinationRule). */
    private static boolean areMerged(Mesh mesh, DestinationRule early, DestinationRule late) {
        Set<String> first = early.export().written();
        Set<String> second = late.export().written();
        return !mesh.version().mergesDestinationRulesByExport()
                || first.equals(second)
                || !first.isEmpty() && second.containsAll(first);
    }
}
