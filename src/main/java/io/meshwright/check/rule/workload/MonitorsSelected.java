package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Prometheus of the operator takes what its selectors select: none of a sort without a selector for it, and of its
 * own namespace alone without one for namespaces (prometheus-operator, API reference).
 */
@AutoService(Inspection.class)
public final class MonitorsSelected implements Check {
    public static final Rule MONITOR_UNSELECTED = Rule.warning("MESH413", "monitor_unselected")
            .title("No Prometheus selects a monitor or its rules")
            .consequence("Nothing is scraped and no alert is raised by it, and nobody says so.")
            .remedy(
                    "Give it the labels and the namespace that the Prometheus asks for, or let the Prometheus select all"
                            + " by {}.");

    private static final String GROUP = "monitoring.coreos.com";
    private static final List<Kind> SERVERS =
            List.of(new Kind(GROUP, "Prometheus"), new Kind(GROUP, "PrometheusAgent"));
    /** Operators whose collectors read monitors, or make their own objects of them. */
    private static final Set<String> READERS = Set.of("opentelemetry.io", "operator.victoriametrics.com");

    /** The words by which Alloy and collectors beside a target allocator are told to read monitors. */
    private static final List<String> SETTINGS_OF_READERS = List.of("prometheus.operator.", "target_allocator");

    private static final Map<String, String> SELECTORS = Map.of(
            "ServiceMonitor", "serviceMonitor", "PodMonitor", "podMonitor", "Probe", "probe", "PrometheusRule", "rule");

    @Override
    public List<Rule> rules() {
        return List.of(MONITOR_UNSELECTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Manifest> servers = SERVERS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .toList();
        return servers.isEmpty() || maybeMore(mesh.manifests())
                ? Stream.empty()
                : SELECTORS.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(sort -> mesh.manifests().kind(new Kind(GROUP, sort.getKey())).stream()
                                .flatMap(monitor -> finding(mesh, servers, monitor, sort.getValue()).stream()));
    }

    /**
     * A chart or another release may bring a Prometheus that is not among the manifests, and others read monitors too.
     */
    private static boolean maybeMore(Manifests manifests) {
        boolean brought = Stream.of(Kind.APPLICATION, Kind.FLUX_RELEASE, Kind.RELEASE)
                .flatMap(kind -> manifests.kind(kind).stream())
                .anyMatch(release -> release.body().toString().contains("prometheus"));
        return brought
                || manifests.kinds().stream().anyMatch(kind -> READERS.contains(kind.group()))
                || manifests.kind(Kind.CONFIG_MAP).stream()
                        .map(map -> map.body().toString())
                        .anyMatch(text -> SETTINGS_OF_READERS.stream().anyMatch(text::contains));
    }

    private static Optional<Finding> finding(Mesh mesh, List<Manifest> servers, Manifest monitor, String prefix) {
        boolean lost = servers.stream()
                .allMatch(server -> selects(mesh, server, monitor, prefix).isNo());
        return lost
                ? Optional.of(MONITOR_UNSELECTED.at(
                        Source.of(monitor).at("/metadata/labels"),
                        "%s asks for %s%s"
                                .formatted(
                                        servers.get(0),
                                        asked(servers.get(0), prefix.concat("Selector")),
                                        asked(servers.get(0), prefix.concat("NamespaceSelector"), " in namespaces "))))
                : Optional.empty();
    }

    private static Truth selects(Mesh mesh, Manifest server, Manifest monitor, String prefix) {
        JsonNode wanted = server.at("/spec").path(prefix.concat("Selector"));
        if (!wanted.isObject() || !Selector.of(wanted).selects(monitor.labels())) {
            return Truth.NO;
        }
        JsonNode namespaces = server.at("/spec").path(prefix.concat("NamespaceSelector"));
        if (!namespaces.isObject()) {
            return Truth.of(server.home().equals(monitor.home()));
        }
        Selector selector = Selector.of(namespaces);
        return selector.isEmpty()
                ? Truth.YES
                : mesh.manifests().kind(Kind.NAMESPACE).stream()
                        .filter(namespace -> namespace.name().equals(monitor.home()))
                        .findFirst()
                        .map(namespace -> Truth.of(selector.selects(named(namespace))))
                        .orElse(Truth.UNKNOWN);
    }

    private static Map<String, String> named(Manifest namespace) {
        Map<String, String> labels = new TreeMap<>(namespace.labels());
        labels.put("kubernetes.io/metadata.name", namespace.name());
        return labels;
    }

    private static String asked(Manifest server, String field) {
        JsonNode selector = server.at("/spec").path(field);
        return selector.isObject() ? selector.toString() : "none, having no %s".formatted(field);
    }

    private static String asked(Manifest server, String field, String before) {
        JsonNode selector = server.at("/spec").path(field);
        return selector.isObject()
                ? selector.isEmpty() ? "" : before.concat(selector.toString())
                : "%sof its own (%s)".formatted(before, server.home());
    }
}
