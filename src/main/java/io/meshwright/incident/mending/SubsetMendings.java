package io.meshwright.incident.mending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.incident.cause.Destination;
import io.meshwright.incident.evidence.Cluster;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Changes for a subset that no DestinationRule defines, or that means no pod. */
final class SubsetMendings {
    private static final String VERSION = "version";
    private static final int MOST = 2;

    private final Proposals proposals;
    private final Destination destination;
    private final String subset;

    private SubsetMendings(Proposals proposals, Destination destination, String subset) {
        this.proposals = proposals;
        this.destination = destination;
        this.subset = subset;
    }

    static void propose(Proposals proposals) {
        Optional<Destination> destination = proposals.destination();
        Optional<String> subset = destination.flatMap(Destination::subset);
        if (destination.isEmpty()) {
            String name = proposals.evidence().cluster().map(Cluster::name).orElse("that the route names");
            proposals.not("no Service of these manifests stands for the cluster %s, and which was meant is not told"
                    .formatted(name));
        } else if (subset.isEmpty()) {
            proposals.not("no pod carries the labels that %s selects, and which were meant is not told"
                    .formatted(destination.get().service().host()));
        } else {
            SubsetMendings all = new SubsetMendings(proposals, destination.get(), subset.get());
            all.define();
            all.route();
        }
    }

    private List<Pod> pods() {
        return destination.mesh().services().pods(destination.service());
    }

    private Optional<DestinationRule.Subset> defined() {
        return destination.rule().map(rule -> rule.subsets().get(subset));
    }

    private void define() {
        Optional<DestinationRule.Subset> defined = defined();
        if (defined.isPresent()) {
            labels(defined.get());
            return;
        }
        boolean carried = pods().stream()
                .anyMatch(pod -> pod.labels().getOrDefault(VERSION, "").equals(subset));
        if (destination.rule().isPresent() && carried) {
            proposals.add(Mending.of(
                    "define subset %s by label version: %s".formatted(subset, subset),
                    destination.rule().get().source().at("/spec"),
                    body -> {
                        ObjectNode added = Mending.list(body, "subsets").addObject();
                        added.put("name", subset).putObject("labels").put(VERSION, subset);
                    }));
        } else {
            proposals.not("subset %s is not defined, since %s"
                    .formatted(
                            subset,
                            destination.rule().isPresent()
                                    ? "no pod carries version: %s".formatted(subset)
                                    : "a DestinationRule for %s is a new object"
                                            .formatted(destination.service().host())));
        }
    }

    /** Lets a subset that means no pod name the labels that pods carry, by the keys that it names. */
    private void labels(DestinationRule.Subset defined) {
        if (!destination.pods().isEmpty()) {
            return;
        }
        SortedSet<String> keys = new TreeSet<>(defined.selector().labels().keySet());
        pods().stream()
                .map(Pod::labels)
                .filter(labels -> labels.keySet().containsAll(keys))
                .map(labels -> keys.stream().collect(Collectors.toMap(key -> key, key -> labels.getOrDefault(key, ""))))
                .distinct()
                .limit(MOST)
                .forEach(labels -> proposals.add(Mending.of(
                        "let subset %s mean pods with %s".formatted(subset, words(labels)), defined.source(), body -> {
                            ObjectNode written = body.putObject("labels");
                            keys.forEach(key -> written.put(key, labels.getOrDefault(key, "")));
                        })));
    }

    private static String words(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> "%s: %s".formatted(label.getKey(), label.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Sends the route's requests to a subset that has pods, or to all. */
    private void route() {
        Optional<HttpRoute> route = RouteMendings.written(proposals);
        if (route.isEmpty()) {
            return;
        }
        for (int index = 0; index < route.get().body().path("route").size(); index++) {
            Source place = route.get().source().item("route", index).at("/destination");
            if (place.value().path("subset").asText("").equals(subset)) {
                others().forEach(other -> proposals.add(Mending.of(
                        "send to subset %s instead of %s".formatted(other, subset),
                        place,
                        body -> body.put("subset", other))));
                proposals.add(Mending.of(
                        "send to all pods instead of subset %s".formatted(subset),
                        place,
                        (ObjectNode body) -> body.remove("subset")));
            }
        }
    }

    private List<String> others() {
        return destination.rule().stream()
                .flatMap(rule -> rule.subsets().values().stream())
                .filter(other -> !other.name().equals(subset))
                .filter(other -> !destination
                        .mesh()
                        .destinationRules()
                        .pods(destination.service(), other)
                        .isEmpty())
                .map(DestinationRule.Subset::name)
                .limit(MOST)
                .toList();
    }
}
