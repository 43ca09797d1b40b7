package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Charts that Argo CD, Flux, K3s, helmfile or Kustomize install and whose objects are not among the manifests, by their
 * namespace, and folders elsewhere of which Argo CD brings the objects; Istio's own are known.
 */
public final class OtherCharts {
    private static final Set<String> KNOWN = Set.of("base", "istiod", "gateway", "cni");
    private static final Kind K3S = new Kind("helm.cattle.io", "HelmChart");

    private static final String TEMPLATE = "{{";

    private final Map<String, Source> byNamespace = new TreeMap<>();
    private final Optional<Source> anywhere;

    public OtherCharts(Manifests manifests) {
        List<Manifest> applications = manifests.kind(Kind.APPLICATION);
        Set<String> folders = applications.isEmpty() ? Set.of() : folders(manifests);
        applications.forEach(application -> {
            add(application, argo(application), application.text("/spec/destination/namespace"));
            if (isFromElsewhere(application, folders)) {
                application
                        .text("/spec/destination/namespace")
                        .ifPresent(home -> byNamespace.putIfAbsent(home, Source.of(application)));
            }
        });
        manifests
                .kind(Kind.FLUX_RELEASE)
                .forEach(release -> add(
                        release,
                        List.of(flux(release)),
                        release.text("/spec/targetNamespace").or(() -> Optional.of(release.home()))));
        manifests
                .kind(Kind.RELEASE)
                .forEach(release -> add(release, List.of(release.at("/spec/chart")), Optional.of(release.home())));
        manifests
                .kind(K3S)
                .forEach(chart -> add(
                        chart,
                        List.of(chart.at("/spec/chart")),
                        chart.text("/spec/targetNamespace").or(() -> Optional.of(chart.home()))));
        Stream.concat(Helmfile.releases(manifests), KustomizeCharts.releases(manifests))
                .filter(release -> !KNOWN.contains(release.chart()))
                .forEach(release -> byNamespace.putIfAbsent(release.namespace(), release.source()));
        this.anywhere = manifests.kind(Kind.APPLICATION_SET).stream()
                .filter(OtherCharts::bringsAnyChart)
                .findFirst()
                .map(Source::of);
    }

    /** Every folder in which a file with manifests lies, or a folder of such files. */
    private static Set<String> folders(Manifests manifests) {
        Set<String> folders = new HashSet<>();
        manifests.all().forEach(object -> {
            String path = "/".concat(object.place().file().replace('\\', '/'));
            for (int end = path.lastIndexOf('/'); end > 0 && folders.add(path.substring(0, end)); ) {
                end = path.lastIndexOf('/', end - 1);
            }
        });
        return folders;
    }

    /** True if Argo CD reads a folder of which no file is among the manifests, such as one of another repository. */
    private static boolean isFromElsewhere(Manifest application, Set<String> folders) {
        return sources(application)
                .map(source -> source.path("path").asText("").replaceAll("^(\\./|/)+|/+$", ""))
                .filter(path -> !path.isEmpty() && !path.equals(".") && !path.contains(TEMPLATE))
                .anyMatch(path -> folders.stream().noneMatch(folder -> folder.endsWith("/".concat(path))));
    }

    private static Stream<JsonNode> sources(Manifest application) {
        return Stream.concat(
                Stream.of(application.at("/spec/source")), Fields.items(application.at("/spec/sources")).stream());
    }

    /**
     * True if the generators of an ApplicationSet decide which charts it brings, and with them into which namespaces.
     */
    private static boolean bringsAnyChart(Manifest set) {
        List<JsonNode> sources = new ArrayList<>(List.of(set.at("/spec/template/spec/source")));
        sources.addAll(Fields.items(set.at("/spec/template/spec/sources")));
        return sources.stream()
                .anyMatch(source -> source.path("chart").asText("").contains(TEMPLATE)
                        || source.has("helm") && source.path("path").asText("").contains(TEMPLATE));
    }

    /** Its chart, or what names the object that has it. */
    private static JsonNode flux(Manifest release) {
        JsonNode chart = release.at("/spec/chart/spec/chart");
        return chart.isMissingNode() ? release.at("/spec/chartRef/name") : chart;
    }

    private static List<JsonNode> argo(Manifest application) {
        return sources(application).map(source -> source.path("chart")).toList();
    }

    private void add(Manifest installer, List<JsonNode> charts, Optional<String> namespace) {
        boolean other = charts.stream()
                .map(chart -> chart.asText(""))
                .anyMatch(name -> !name.isEmpty() && !KNOWN.contains(name));
        if (other) {
            namespace.ifPresent(home -> byNamespace.putIfAbsent(home, Source.of(installer)));
        }
    }

    /** A chart that may put a service of that host into its namespace. */
    public Optional<Source> behind(String host) {
        String[] parts = host.split("\\.");
        boolean ofService = parts.length > 2 && parts[2].equals("svc");
        return ofService ? within(parts[1]) : Optional.empty();
    }

    /** A chart that may make objects in a namespace. */
    public Optional<Source> within(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace)).or(() -> anywhere);
    }
}
