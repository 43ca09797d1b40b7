package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The chart that a HelmRelease of Flux installs [fluxcd.io, Helm Releases, helm.toolkit.fluxcd.io/v2]: its chart stands
 * in it, or in an OCIRepository or HelmChart that it names, and its values in it and in ConfigMaps and Secrets.
 */
final class FluxChart {
    private static final int LONGEST_NAME = 53; // of a Helm release
    private static final int CHECKSUM = 12;

    private final Manifests manifests;
    private final Manifest release;
    private final ObjectNode values = JsonNodeFactory.instance.objectNode();
    private boolean whole = true;

    FluxChart(Manifests manifests, Manifest release) {
        this.manifests = manifests;
        this.release = release;
    }

    /** Empty where nothing among the manifests says which chart it is, or into which namespace it goes. */
    Optional<HelmRelease> read() {
        Optional<Chart> chart = release.at("/spec/chart/spec").isObject()
                ? Optional.of(named(release.at("/spec/chart/spec"), "/chart/spec/version"))
                : referenced(release.at("/spec/chartRef"));
        return chart.flatMap(found -> namespace(found).map(namespace -> release(found, namespace)));
    }

    private HelmRelease release(Chart chart, String namespace) {
        collect();
        return new HelmRelease(
                Source.of(release).at("/spec"),
                chart.name(),
                chart.version(),
                name(),
                namespace,
                values,
                new HelmRelease.Places(chart.place(), "/values"),
                new HelmRelease.From(
                        chart.address(),
                        chart.source(),
                        whole,
                        !release.at("/spec/install/crds").asText("").equals("Skip"),
                        !chart.address().isEmpty()));
    }

    /**
     * One chart.
     *
     * @param place of the version, from the spec of the release on
     * @param source name of the object that has the address
     */
    private record Chart(String name, String version, String place, String address, String source) {}

    private Chart named(JsonNode spec, String place) {
        JsonNode source = spec.path("sourceRef");
        boolean ofCharts = source.path("kind").asText().equals("HelmRepository");
        String address = ofCharts
                ? object(Kind.FLUX_CHARTS, source)
                        .flatMap(repository -> repository.text("/spec/url"))
                        .orElse("")
                : "";
        String chart = spec.path("chart").asText();
        // Of a Git repository it is the folder of the chart.
        return new Chart(
                chart.substring(chart.lastIndexOf('/') + 1),
                ofCharts ? spec.path("version").asText() : "",
                place,
                address,
                source.path("name").asText());
    }

    private Optional<Chart> referenced(JsonNode reference) {
        String kind = reference.path("kind").asText();
        if (kind.equals("HelmChart")) {
            return object(Kind.FLUX_CHART, reference).map(chart -> named(chart.at("/spec"), "/chartRef"));
        }
        return kind.equals("OCIRepository")
                ? object(Kind.FLUX_IMAGES, reference).map(FluxChart::ofImage)
                : Optional.empty();
    }

    private static Chart ofImage(Manifest image) {
        String url = image.text("/spec/url").orElse("").replaceFirst("/$", "");
        int last = url.lastIndexOf('/');
        return new Chart(
                url.substring(last + 1),
                image.text("/spec/ref/tag")
                        .or(() -> image.text("/spec/ref/semver"))
                        .orElse(""),
                "/chartRef",
                url.substring(0, Math.max(0, last)),
                image.name());
    }

    private Optional<Manifest> object(Kind kind, JsonNode reference) {
        String home = reference.path("namespace").asText(release.home());
        return manifests.kind(kind).stream()
                .filter(object -> object.name().equals(reference.path("name").asText()))
                .filter(object -> object.home().equals(home))
                .findFirst();
    }

    /** A release whose namespace Kustomize adds goes, if it is a part of Istio itself, where Istio's are at home. */
    private Optional<String> namespace(Chart chart) {
        boolean system = chart.name().equals("istiod")
                || chart.name().equals("base")
                || chart.name().equals("cni");
        return release.text("/spec/targetNamespace")
                .or(release::namespace)
                .or(() -> system ? Optional.of(MeshConfig.DEFAULT_ROOT_NAMESPACE) : Optional.empty());
    }

    private String name() {
        String name = release.text("/spec/releaseName")
                .orElseGet(() -> release.text("/spec/targetNamespace")
                        .map(target -> "%s-%s".formatted(target, release.name()))
                        .orElse(release.name()));
        return name.length() <= LONGEST_NAME
                ? name
                : "%s-%s"
                        .formatted(
                                name.substring(0, LONGEST_NAME - CHECKSUM - 1),
                                Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, CHECKSUM));
    }

    /** Merges all values: a later reference wins, and the release itself over all. */
    private void collect() {
        for (JsonNode reference : Fields.items(release.at("/spec/valuesFrom"))) {
            Optional<JsonNode> text = reference.path("kind").asText().equals("ConfigMap")
                    ? map(reference)
                            .map(map -> map.at("/data")
                                    .path(reference.path("valuesKey").asText("values.yaml")))
                    : Optional.empty();
            String path = reference.path("targetPath").asText();
            if (text.filter(JsonNode::isTextual).isEmpty() || !path.matches("[\\w-]*(\\.[\\w-]+)*")) {
                whole = false;
            } else if (path.isEmpty()) {
                ManifestReader.value(text.get().asText()).ifPresent(from -> merge(values, from));
            } else {
                ValuePaths.set(values, path, text.get(), false);
            }
        }
        merge(values, release.at("/spec/values"));
    }

    private Optional<Manifest> map(JsonNode reference) {
        return manifests.kind(Kind.CONFIG_MAP).stream()
                .filter(map -> map.name().equals(reference.path("name").asText()))
                .filter(map -> map.home().equals(release.home()))
                .findFirst();
    }

    /** Mappings are merged; what both write otherwise is the latter's. */
    static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode below
                    && field.getValue().isObject()) {
                merge(below, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }
}
