package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The charts among the sources of an Application of Argo CD. */
final class ApplicationCharts {
    private static final Pattern PLAIN = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");

    private ApplicationCharts() {}

    static List<HelmRelease> of(Manifest application) {
        List<HelmRelease> releases = new ArrayList<>();
        Source source = Source.of(application);
        read(source.at("/spec/source")).ifPresent(releases::add);
        for (int index = 0; index < application.at("/spec/sources").size(); index++) {
            read(source.item("spec/sources", index)).ifPresent(releases::add);
        }
        return releases;
    }

    private static Optional<HelmRelease> read(Source source) {
        Manifest application = source.manifest();
        JsonNode from = application.at(source.pointer());
        String repository = from.path("repoURL").asText();
        // An OCI repository may name the chart as its last segment.
        String chart = from.path("chart").asText(repository.substring(repository.lastIndexOf('/') + 1));
        if (chart.isEmpty()) {
            return Optional.empty();
        }
        String name = from.at("/helm/releaseName").asText(application.name());
        String namespace = application.text("/spec/destination/namespace").orElse(Manifest.DEFAULT_NAMESPACE);
        JsonNode helm = from.path("helm");
        return Optional.of(new HelmRelease(
                source,
                chart,
                from.path("targetRevision").asText(),
                name,
                namespace,
                values(helm),
                new HelmRelease.Places("/targetRevision", "/helm/valuesObject"),
                new HelmRelease.From(
                        repository, "", isWhole(helm), !helm.path("skipCrds").asBoolean(false), from.has("chart"))));
    }

    /** Argo CD lets valuesObject win over values, and parameters over both. */
    private static JsonNode values(JsonNode helm) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        JsonNode written = helm.path("valuesObject").isObject()
                ? helm.path("valuesObject")
                : ManifestReader.value(helm.path("values").asText()).orElse(values);
        if (written instanceof ObjectNode fields) {
            values.setAll(fields.deepCopy());
        }
        for (JsonNode parameter : Fields.items(helm.path("parameters"))) {
            ValuePaths.set(
                    values,
                    parameter.path("name").asText(),
                    parameter.path("value"),
                    parameter.path("forceString").asBoolean(false));
        }
        return values;
    }

    private static boolean isWhole(JsonNode helm) {
        return helm.path("valueFiles").isEmpty()
                && helm.path("fileParameters").isEmpty()
                && Fields.items(helm.path("parameters")).stream()
                        .allMatch(parameter ->
                                PLAIN.matcher(parameter.path("name").asText()).matches());
    }
}
