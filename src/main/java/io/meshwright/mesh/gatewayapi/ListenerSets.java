package io.meshwright.mesh.gatewayapi;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ListenerSets, whose listeners join the Gateway of the Gateway API that they name as their parent
 * (pilot/pkg/config/kube/gateway/gateway_collection.go, ListenerSetCollection).
 */
public final class ListenerSets {
    private final Map<String, List<Manifest>> byParent = new TreeMap<>();
    private final Namespaces namespaces;
    private final ApiChannel channel;

    public ListenerSets(Manifests manifests, Namespaces namespaces, ApiChannel channel) {
        this.namespaces = namespaces;
        this.channel = channel;
        for (Kind kind : List.of(Kind.LISTENER_SET, Kind.X_LISTENER_SET)) {
            manifests.kind(kind).stream()
                    .sorted(Age.ORDER)
                    .filter(set ->
                            set.text("/spec/parentRef/kind").orElse("Gateway").equals("Gateway"))
                    .forEach(set -> byParent.computeIfAbsent(
                                    "%s/%s"
                                            .formatted(
                                                    set.text("/spec/parentRef/namespace")
                                                            .orElse(set.home()),
                                                    set.text("/spec/parentRef/name")
                                                            .orElse("")),
                                    none -> new ArrayList<>())
                            .add(set));
        }
    }

    /** Those whose listeners join the Gateway. */
    public List<Manifest> of(Manifest gateway) {
        return all(gateway).stream().filter(set -> joins(set, gateway).isYes()).toList();
    }

    /** The parents that sets name whose listeners join the Gateway for all that manifests tell. */
    List<Source> undecided(Manifest gateway) {
        return all(gateway).stream()
                .filter(set -> joins(set, gateway) == Truth.UNKNOWN)
                .map(set -> Source.of(set).at("/spec/parentRef"))
                .toList();
    }

    private List<Manifest> all(Manifest gateway) {
        return byParent.getOrDefault("%s/%s".formatted(gateway.home(), gateway.name()), List.of());
    }

    private Truth joins(Manifest set, Manifest gateway) {
        Truth heeded = set.kind().equals(Kind.LISTENER_SET)
                ? Truth.of(channel.version().knowsListenerSets())
                : Truth.of(channel.version().knowsExperimentalListenerSets()).and(channel.experiments());
        return heeded.and(admitted(set.home(), gateway));
    }

    /** A Gateway that says nothing admits none. */
    private Truth admitted(String namespace, Manifest gateway) {
        return switch (gateway.text("/spec/allowedListeners/namespaces/from").orElse("None")) {
            case "All" -> Truth.YES;
            case "Same" -> Truth.of(namespace.equals(gateway.home()));
            case "Selector" ->
                namespaces.selected(Selector.of(gateway.at("/spec/allowedListeners/namespaces/selector")), namespace);
            default -> Truth.NO;
        };
    }
}
