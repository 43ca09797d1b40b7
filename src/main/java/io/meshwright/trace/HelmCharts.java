package io.meshwright.trace;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Source;
import java.util.Optional;
import java.util.Set;

/** Charts that Argo CD installs and whose objects are not among the manifests; Istio's own are known. */
final class HelmCharts {

  private static final Set<String> KNOWN = Set.of("base", "istiod", "gateway", "cni");

  private final Mesh mesh;

  HelmCharts(Mesh mesh) {
    this.mesh = mesh;
  }

  /** A chart that may put a service of that host into its namespace. */
  Optional<Source> behind(String host) {
    String[] parts = host.split("\\.");
    if (parts.length < 3 || !parts[2].equals("svc")) {
      return Optional.empty();
    }
    return mesh.manifests().kind(Kind.APPLICATION).stream().filter(HelmCharts::isForeign)
        .filter(application -> application.at("/spec/destination/namespace").asText("").equals(parts[1]))
        .map(Source::of).findFirst();
  }

  private static boolean isForeign(Manifest application) {
    String chart = application.at("/spec/source/chart").asText("");
    boolean single = !chart.isEmpty() && !KNOWN.contains(chart);
    return single || Fields.items(application.at("/spec/sources")).stream()
        .map(source -> source.path("chart").asText("")).anyMatch(name -> !name.isEmpty() && !KNOWN.contains(name));
  }
}
