package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object of Istio's that selects pods by their labels.
 *
 * @param field the selector as it is written
 * @param everywhere whether it selects in every namespace, as most kinds do from the root namespace
 */
public record SelectingObject(Manifest object, Source field, Selector selector, boolean everywhere) {
    private static final String LABELS = "/spec/workloadSelector/labels";
    private static final String MATCH_LABELS = "/spec/selector/matchLabels";
    // Of these a selector means pods of the object's own namespace, whatever that is
    // (pilot/pkg/model: sidecar.go, proxy_config.go, destination_rule.go).
    private static final Set<Kind> AT_HOME = Set.of(Kind.SIDECAR, Kind.PROXY_CONFIG, Kind.DESTINATION_RULE);
    private static final Map<Kind, String> FIELDS = new TreeMap<>(Map.of(
            Kind.AUTHORIZATION_POLICY, MATCH_LABELS,
            Kind.REQUEST_AUTHENTICATION, MATCH_LABELS,
            Kind.PEER_AUTHENTICATION, MATCH_LABELS,
            Kind.TELEMETRY, MATCH_LABELS,
            Kind.WASM_PLUGIN, MATCH_LABELS,
            Kind.TRAFFIC_EXTENSION, MATCH_LABELS,
            Kind.PROXY_CONFIG, MATCH_LABELS,
            Kind.DESTINATION_RULE, "/spec/workloadSelector/matchLabels",
            Kind.SIDECAR, LABELS,
            Kind.ENVOY_FILTER, LABELS));

    /** Every object of a kind that can select, whether it does or not. */
    public static Stream<SelectingObject> all(Mesh mesh) {
        return FIELDS.entrySet().stream()
                .flatMap(kind ->
                        mesh.manifests().kind(kind.getKey()).stream().map(object -> of(object, kind.getValue(), mesh)));
    }

    private static SelectingObject of(Manifest object, String labels, Mesh mesh) {
        Source field = Source.of(object).at(labels.substring(0, labels.lastIndexOf('/')));
        Selector selector = labels.equals(LABELS) ? Selector.labels(object.at(LABELS)) : Selector.of(field.value());
        boolean root = object.home().equals(mesh.config().rootNamespace());
        return new SelectingObject(object, field, selector, root && !AT_HOME.contains(object.kind()));
    }

    /** True if it names what it is for, and its selector does not count. */
    public boolean isTargeted() {
        return object.at("/spec").has("targetRef") || object.at("/spec").has("targetRefs");
    }

    /** The pods that carry the labels where the object acts. */
    public List<Pod> pods(Mesh mesh) {
        return everywhere ? mesh.pods().selectedBy(selector) : mesh.pods().selectedBy(object.home(), selector);
    }

    /** The namespaces in which pods carry the labels without being meant. */
    public Set<String> others(Mesh mesh) {
        return mesh.pods().selectedBy(selector).stream()
                .map(Pod::namespace)
                .filter(namespace -> !everywhere && !namespace.equals(object.home()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The proxies that all patches of an EnvoyFilter are for; empty where one is for any, and for other kinds. */
    public Set<String> contexts() {
        List<JsonNode> patches = Fields.items(object.at("/spec/configPatches"));
        Set<String> contexts = patches.stream()
                .map(patch -> patch.at("/match/context").asText("ANY"))
                .collect(Collectors.toCollection(TreeSet::new));
        return contexts.contains("ANY") ? Set.of() : contexts;
    }
}
