package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.stream.Stream;

/** The charts that Kustomize lets helm render for a kustomization (kubectl.docs.kubernetes.io, helmCharts). */
final class KustomizeCharts {
    private KustomizeCharts() {}

    static Stream<HelmRelease> releases(Manifests manifests) {
        return manifests.kind(Kind.KUSTOMIZATION).stream()
                .flatMap(kustomization -> Source.of(kustomization).items("helmCharts"))
                .filter(chart -> !chart.value().path("name").asText("").isEmpty())
                .map(KustomizeCharts::release);
    }

    private static HelmRelease release(Source chart) {
        JsonNode written = chart.value();
        // The namespace of the kustomization goes over what the chart says of its objects.
        String namespace = chart.manifest()
                .text("/namespace")
                .orElse(written.path("namespace").asText(Manifest.DEFAULT_NAMESPACE));
        return new HelmRelease(
                chart,
                written.path("name").asText(),
                written.path("version").asText(""),
                written.path("releaseName").asText(written.path("name").asText()),
                namespace,
                written.path("valuesInline") instanceof ObjectNode values
                        ? values
                        : JsonNodeFactory.instance.objectNode(),
                new HelmRelease.Places("/version", "/valuesInline"),
                new HelmRelease.From(
                        written.path("repo").asText(""),
                        "",
                        !written.has("valuesFile") && !written.has("additionalValuesFiles"),
                        written.path("includeCRDs").asBoolean(false),
                        false));
    }
}
