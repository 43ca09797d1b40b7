package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings for a host that one or several DestinationRules of a namespace give together; {@code policy} is the
 * top-level trafficPolicy, of which the first written one counts as a whole, {@code clients} those to whom alone it
 * applies.
 */
public record DestinationRule(
        String host,
        List<Manifest> parts,
        Export export,
        Optional<Selector> clients,
        Map<String, Subset> subsets,
        Optional<Source> policy) {
    /** Pods of a service by further labels; without labels all of them. */
    public record Subset(String name, Selector selector, Source source) {}

    static DestinationRule of(Manifest manifest, MeshConfig mesh) {
        Source source = Source.of(manifest);
        Map<String, Subset> subsets = new LinkedHashMap<>();
        for (int index = 0; index < manifest.at("/spec/subsets").size(); index++) {
            Source subset = source.item("spec/subsets", index);
            JsonNode body = manifest.at(subset.pointer());
            String name = body.path("name").asText("");
            subsets.putIfAbsent(name, new Subset(name, Selector.labels(body.path("labels")), subset));
        }
        Selector clients = Selector.of(manifest.at("/spec/workloadSelector"));
        return new DestinationRule(
                HostName.resolve(manifest.at("/spec/host").asText(""), manifest.home(), mesh.domain()),
                List.of(manifest),
                clients.isEmpty()
                        ? Export.of(manifest.at("/spec/exportTo"), manifest.home(), mesh.destinationRuleExport())
                        : Export.own(manifest.home()),
                clients.isEmpty() ? Optional.empty() : Optional.of(clients),
                subsets,
                manifest.at("/spec/trafficPolicy").isObject()
                        ? Optional.of(source.at("/spec/trafficPolicy"))
                        : Optional.empty());
    }

    /**
     * This rule with a later one of the same host: the first subset of a name and the first policy stay
     * (mergeDestinationRule).
     */
    DestinationRule and(DestinationRule later) {
        List<Manifest> both = new ArrayList<>(parts);
        both.addAll(later.parts);
        Map<String, Subset> all = new LinkedHashMap<>(subsets);
        later.subsets.forEach(all::putIfAbsent);
        return new DestinationRule(host, both, export, clients, all, policy.or(() -> later.policy));
    }

    DestinationRule shownTo(Export other) {
        return new DestinationRule(host, parts, other, clients, subsets, policy);
    }

    public String namespace() {
        return parts.get(0).home();
    }

    /** Place at which the rule is written; the first of several. */
    public Source source() {
        return Source.of(parts.get(0));
    }

    /** The settings for calls to a port of the service, by number, and maybe a subset. */
    public TrafficPolicy policy(int port, Optional<String> subset) {
        TrafficPolicy whole =
                policy.map(source -> TrafficPolicy.of(source, port)).orElse(TrafficPolicy.NONE);
        return subset.map(subsets::get)
                .map(chosen -> whole.overriddenBy(chosen.source().at("/trafficPolicy"), port))
                .orElse(whole);
    }
}
