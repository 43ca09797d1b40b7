package io.meshwright.mesh.client;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.Services;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The DestinationRules, and the one that a client heeds (pilot/pkg/model/push_context.go, destinationRule): the first
 * of the client's namespace, the service's and the root namespace that has any rule for the host; nothing is merged
 * across them.
 */
public final class DestinationRules {
    private static final Comparator<DestinationRule> ORDER = Comparator.comparing(
                    (DestinationRule rule) -> rule.clients().isEmpty())
            .thenComparing(rule -> rule.parts().get(0), Age.ORDER);

    private final List<DestinationRule> written;
    private final Map<String, RuleIndex> local = new TreeMap<>();
    private final Map<String, RuleIndex> exported = new TreeMap<>();
    private final RuleIndex rootLocal;
    private final Services services;
    private final String root;

    public DestinationRules(Manifests manifests, IstioVersion version, MeshConfig mesh, Services services) {
        this.services = services;
        this.root = mesh.rootNamespace();
        this.rootLocal = new RuleIndex(version);
        this.written = manifests.kind(Kind.DESTINATION_RULE).stream()
                .map(rule -> DestinationRule.of(rule, mesh))
                .sorted(ORDER)
                .toList();
        for (DestinationRule rule : written) {
            if (rule.export().reaches(rule.namespace())) {
                local.computeIfAbsent(rule.namespace(), none -> new RuleIndex(version))
                        .add(rule);
            }
            boolean stays = rule.export().isPrivate() || rule.clients().isPresent();
            if (!stays) {
                exported.computeIfAbsent(rule.namespace(), none -> new RuleIndex(version))
                        .add(rule);
            } else if (rule.namespace().equals(root)) {
                rootLocal.add(rule);
            }
        }
    }

    /** Each object as it is written, before merging; those for some clients first, then by name and namespace. */
    public List<DestinationRule> written() {
        return written;
    }

    /** The rule that a client heeds when it calls a service. */
    public Optional<DestinationRule> seenBy(Client client, Service service) {
        return asked(client, service).findFirst().flatMap(rules -> choose(rules, client));
    }

    /**
     * The rule that a client of that namespace without labels heeds when it calls a host; none for a host that it does
     * not know.
     */
    public Optional<DestinationRule> seenBy(String clientNamespace, String host) {
        return services.find(host, clientNamespace)
                .flatMap(service -> seenBy(new Client(clientNamespace, Map.of()), service));
    }

    /**
     * The rule that is heeded, and behind it those that it hides because they stand in a namespace that is asked later;
     * empty where none is heeded.
     */
    public List<DestinationRule> candidates(Client client, Service service) {
        Optional<DestinationRule> heeded = seenBy(client, service);
        return heeded.isEmpty()
                ? List.of()
                : Stream.concat(heeded.stream(), hidden(client, service))
                        .distinct()
                        .toList();
    }

    /** Those that a client would heed if the first namespace with rules for the host had none. */
    public Stream<DestinationRule> hidden(Client client, Service service) {
        return asked(client, service).skip(1).flatMap(rules -> choose(rules, client).stream());
    }

    /**
     * The rules for the host by namespace, of which the first has the say, even where all its rules are for other
     * clients (DestinationRule in pilot/pkg/model/sidecar.go).
     */
    private Stream<List<DestinationRule>> asked(Client client, Service service) {
        RuleIndex own = client.namespace().equals(root) ? rootLocal : local.get(client.namespace());
        Stream<List<DestinationRule>> first = Stream.ofNullable(own).map(rules -> rules.find(service.host()));
        // The host is chosen before exportTo is looked at, so a hidden exact rule also hides an exported wildcard.
        Stream<List<DestinationRule>> then = Stream.of(service.namespace(), root)
                .flatMap(namespace -> Stream.ofNullable(exported.get(namespace)))
                .map(rules -> rules.find(service.host()).stream()
                        .filter(rule -> rule.export().reaches(client.namespace()))
                        .toList());
        return Stream.concat(first, then).filter(rules -> !rules.isEmpty());
    }

    /** A rule for the client's labels, else the last of those for all. */
    private static Optional<DestinationRule> choose(List<DestinationRule> rules, Client client) {
        Optional<DestinationRule> particular = rules.stream()
                .filter(rule -> rule.clients()
                        .map(selector -> selector.selects(client.labels()))
                        .orElse(false))
                .findFirst();
        return particular.or(
                () -> rules.stream().filter(rule -> rule.clients().isEmpty()).reduce((early, late) -> late));
    }

    /**
     * Tells whether a subset means anything: a pod of the service or an endpoint that a ServiceEntry lists; unknown
     * where both are out of sight.
     */
    public Truth means(Service service, DestinationRule.Subset subset) {
        boolean listed = service.reach().endpoints().stream()
                .anyMatch(endpoint -> subset.selector().selects(endpoint.labels()));
        boolean hidden =
                services.pods(service).isEmpty() && service.reach().endpoints().isEmpty();
        return hidden
                ? Truth.UNKNOWN
                : Truth.of(listed || !pods(service, subset).isEmpty());
    }

    /** The pods of a service that a subset means. */
    public List<Pod> pods(Service service, DestinationRule.Subset subset) {
        return services.pods(service).stream()
                .filter(pod -> pod.isSelectedBy(subset.selector()))
                .toList();
    }
}
