package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Selector;
import io.meshwright.mesh.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of Sidecars, PeerAuthentications and Telemetries one counts for a namespace and one for a workload: the oldest. */
public final class OneObjectPerWorkload implements Check {

  private static final Map<Kind, String> SELECTORS = selectors();

  private static Map<Kind, String> selectors() {
    Map<Kind, String> selectors = new TreeMap<>();
    selectors.put(Kind.SIDECAR, "/spec/workloadSelector");
    selectors.put(Kind.PEER_AUTHENTICATION, "/spec/selector");
    selectors.put(Kind.TELEMETRY, "/spec/selector");
    return selectors;
  }

  @Override
  public Stream<Finding> run(Mesh mesh) {
    return SELECTORS.entrySet().stream().flatMap(entry -> mesh.manifests().kind(entry.getKey()).stream()
        .filter(manifest -> !manifest.at("/spec").has("targetRefs") && !manifest.at("/spec").has("targetRef"))
        .collect(Collectors.groupingBy(Manifest::home, TreeMap::new, Collectors.toList())).values().stream()
        .flatMap(objects -> objects.stream().flatMap(object -> rival(mesh, object, objects, entry.getValue())
            .stream())));
  }

  private static Optional<Finding> rival(Mesh mesh, Manifest object, List<Manifest> all, String pointer) {
    Selector own = selector(object, pointer);
    Stream<Manifest> others = all.stream().filter(other -> Rivals.differ(other, object));
    if (own.isEmpty()) {
      return others.filter(other -> selector(other, pointer).isEmpty()).findFirst()
          .map(other -> Rivals.weighed(mesh, other, Rule.TWO_FOR_NAMESPACE.at(object,
          "%s is for the whole namespace too; the older of the two counts".formatted(other))));
    }
    List<Pod> pods = mesh.pods().selectedBy(object.home(), own);
    return others.filter(other -> !selector(other, pointer).isEmpty()).flatMap(other -> pods.stream()
        .filter(pod -> pod.isSelectedBy(selector(other, pointer))).limit(1)
            .map(pod -> Rivals.weighed(mesh, other, Rule.TWO_FOR_WORKLOAD.at(Source.of(object).at(pointer),
            "%s selects %s too; the older of the two counts".formatted(other, pod))))).findFirst();
  }

  private static Selector selector(Manifest manifest, String pointer) {
    Selector labels = Selector.of(manifest.at(pointer));
    // A Sidecar writes labels, a policy matchLabels.
    return labels.isEmpty() ? Selector.labels(manifest.at(pointer).path("labels")) : labels;
  }
}
