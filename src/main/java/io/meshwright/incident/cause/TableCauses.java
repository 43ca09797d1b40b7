package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Cluster;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.workload.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Causes that lie in the tables of a proxy and not in these manifests. */
final class TableCauses {
    private static final int MOST_NAMES = 10;
    private static final String NOT_FOUND = "404";

    private final Mesh mesh;
    private final List<Cause> causes = new ArrayList<>();

    private TableCauses(Mesh mesh) {
        this.mesh = mesh;
    }

    static List<Cause> of(Mesh mesh, Evidence evidence) {
        TableCauses all = new TableCauses(mesh);
        if (evidence.kind() == Evidence.Kind.ROUTES) {
            all.routes(evidence.labels());
        } else {
            all.clusters(evidence.labels(), evidence.kind() == Evidence.Kind.CLUSTERS);
        }
        if (all.causes.isEmpty()) {
            all.causes.add(Cause.of(
                    "nothing in the table contradicts these manifests",
                    "Look at the other tables: listeners, routes, clusters and endpoints of the proxy that sends."));
        }
        return all.causes;
    }

    private void clusters(Map<String, String> rows, boolean withRules) {
        SortedSet<String> strangers = new TreeSet<>();
        SortedSet<String> rules = new TreeSet<>();
        rows.forEach((name, rule) -> {
            Cluster cluster = Cluster.of(name);
            Optional<String> host = cluster.host().filter(each -> !cluster.isInbound());
            host.filter(each -> mesh.services().of(each).isEmpty()).ifPresent(strangers::add);
            host.flatMap(each -> mesh.services().of(each).stream().findFirst())
                    .ifPresent(service -> subset(cluster, service));
            if (withRules && isAbsent(Kind.DESTINATION_RULE, rule)) {
                rules.add(rule);
            }
        });
        told(
                strangers,
                "the proxy knows services that none of these manifests declares: %s",
                "Where one of them should be of Git, bring it there; others' are none of these manifests.");
        told(
                rules,
                "DestinationRules act in the proxy that are not among these manifests: %s",
                "Look at each in the cluster (kubectl get destinationrule), and bring it under version control or remove it.");
    }

    private void subset(Cluster cluster, Service service) {
        Optional<DestinationRule> rule = mesh.destinationRules().seenBy(service.namespace(), service.host());
        cluster.subset()
                .filter(name ->
                        rule.filter(found -> found.subsets().containsKey(name)).isEmpty())
                .ifPresent(name -> {
                    Cause cause = Cause.of(
                            "the proxy knows subset %s of %s, which no DestinationRule of these manifests defines"
                                    .formatted(name, service.host()),
                            "The cluster has another state than these manifests: look at whether the sync has ended.");
                    causes.add(rule.map(found -> cause.by(found.source())).orElse(cause));
                });
    }

    private void routes(Map<String, String> rows) {
        SortedSet<String> services = new TreeSet<>();
        SortedSet<String> empty = new TreeSet<>();
        rows.forEach((row, service) -> {
            if (service.equals(NOT_FOUND)) {
                empty.add(row);
            } else if (isAbsent(Kind.VIRTUAL_SERVICE, service)) {
                services.add(service);
            }
        });
        told(
                empty,
                "the proxy answers 404 to whatever is asked there: %s",
                "Bind a VirtualService to that Gateway and port: its gateways, hosts and namespace must let it.");
        told(
                services,
                "VirtualServices act in the proxy that are not among these manifests: %s",
                "Look at each in the cluster (kubectl get virtualservice), and bring it under version control or remove it.");
    }

    /** As istioctl writes an object: its name, a dot, its namespace. */
    private boolean isAbsent(Kind kind, String object) {
        int dot = object.lastIndexOf('.');
        return dot > 0
                && mesh.manifests()
                        .find(kind, object.substring(dot + 1), object.substring(0, dot))
                        .isEmpty();
    }

    private void told(SortedSet<String> names, String sentence, String remedy) {
        if (!names.isEmpty()) {
            List<String> first = names.stream().limit(MOST_NAMES).toList();
            String rest = names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "";
            causes.add(Cause.of(sentence.formatted(String.join(", ", first).concat(rest)), remedy));
        }
    }
}
