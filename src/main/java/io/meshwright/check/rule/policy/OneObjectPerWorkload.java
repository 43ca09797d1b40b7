package io.meshwright.check.rule.policy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.SelectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of Sidecars, PeerAuthentications and Telemetries one counts for a namespace and one for a workload: the oldest. */
@AutoService(Inspection.class)
public final class OneObjectPerWorkload implements Check {
    public static final Rule TWO_FOR_NAMESPACE = Rule.error("MESH195", "two_for_namespace")
            .title("Two objects of one kind are for the whole namespace")
            .twins("IST0111", "IST0160", "KIA0002")
            .consequence("The older of the two counts, so a re-created object changes the behaviour.")
            .remedy("Keep one of them.");

    public static final Rule TWO_FOR_WORKLOAD = Rule.error("MESH196", "two_for_workload")
            .title("Two objects of one kind select the same pods")
            .twins("IST0110", "IST0159", "KIA0003")
            .consequence("The older of the two counts, so a re-created object changes the behaviour.")
            .remedy("Make their selectors disjoint, or join them.");

    private static final Map<Kind, String> SELECTORS = selectors();

    private static Map<Kind, String> selectors() {
        Map<Kind, String> selectors = new TreeMap<>();
        selectors.put(Kind.SIDECAR, "/spec/workloadSelector");
        selectors.put(Kind.PEER_AUTHENTICATION, "/spec/selector");
        selectors.put(Kind.TELEMETRY, "/spec/selector");
        return selectors;
    }

    @Override
    public List<Rule> rules() {
        return List.of(TWO_FOR_NAMESPACE, TWO_FOR_WORKLOAD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return SELECTORS.entrySet().stream()
                .flatMap(entry -> mesh.manifests().kind(entry.getKey()).stream()
                        .filter(manifest -> !manifest.at("/spec").has("targetRefs")
                                && !manifest.at("/spec").has("targetRef"))
                        .collect(Collectors.groupingBy(Manifest::home, TreeMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .flatMap(objects -> rivals(mesh, objects, entry.getValue())));
    }

    /** Among the objects of a kind in one namespace. */
    private static Stream<Finding> rivals(Mesh mesh, List<Manifest> objects, String pointer) {
        List<Manifest> general = new ArrayList<>();
        SelectorIndex<Manifest> selecting = new SelectorIndex<>();
        for (Manifest object : objects) {
            Selector selector = selector(object, pointer);
            if (selector.isEmpty()) {
                general.add(object);
            } else {
                selecting.add(object.home(), selector, object);
            }
        }
        return objects.stream().flatMap(object -> {
            Selector own = selector(object, pointer);
            return (own.isEmpty()
                            ? forNamespace(mesh, object, general)
                            : forWorkload(
                                    mesh,
                                    Source.of(object).at(pointer),
                                    mesh.pods().selectedBy(object.home(), own),
                                    selecting))
                    .stream();
        });
    }

    private static Optional<Finding> forNamespace(Mesh mesh, Manifest object, List<Manifest> general) {
        return general.stream()
                .filter(other -> Rivals.differ(other, object))
                .findFirst()
                .map(other -> Rivals.weighed(
                        mesh,
                        other,
                        TWO_FOR_NAMESPACE.at(
                                object,
                                "%s is for the whole namespace too; the older of the two counts".formatted(other))));
    }

    private static Optional<Finding> forWorkload(
            Mesh mesh, Source selector, List<Pod> pods, SelectorIndex<Manifest> selecting) {
        return pods.stream()
                .flatMap(pod -> selecting.of(pod).stream()
                        .filter(other -> Rivals.differ(other, selector.manifest()))
                        .map(other -> Rivals.weighed(
                                mesh,
                                other,
                                TWO_FOR_WORKLOAD.at(
                                        selector,
                                        "%s selects %s too; the older of the two counts".formatted(other, pod)))))
                .findFirst();
    }

    private static Selector selector(Manifest manifest, String pointer) {
        Selector labels = Selector.of(manifest.at(pointer));
        // A Sidecar writes labels, a policy matchLabels.
        return labels.isEmpty() ? Selector.labels(manifest.at(pointer).path("labels")) : labels;
    }
}
