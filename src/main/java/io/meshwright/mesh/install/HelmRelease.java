package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Helm chart as an Argo CD Application installs it: with which values, under which name, into which namespace. */
public record HelmRelease(Source source, String chart, String version, String name, String namespace, JsonNode values) {
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");
    private static final Pattern PLAIN = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
    private static final String TO_FILL = "{{";
    private static final String ISTIO = "istio";
    private static final List<String> ISTIOS = List.of("istiod", "gateway", "base", "cni", "ztunnel");

    /** The Istio charts among the sources of an Application. */
    static List<HelmRelease> of(Manifest application) {
        return all(application).stream().filter(HelmRelease::isIstios).toList();
    }

    /**
     * The charts of Applications that are not modelled here: all but Istio's and Argo CD's own. One whose name or
     * namespace an ApplicationSet has yet to fill in is none.
     */
    public static List<HelmRelease> others(Manifests manifests) {
        return manifests.kind(Kind.APPLICATION).stream()
                .flatMap(application -> all(application).stream())
                .filter(release -> release.source().value().has("chart"))
                .filter(release -> !release.isIstios() && !release.is(ArgoCdChart.CHART))
                .filter(release -> !release.source().value().toString().contains(TO_FILL))
                .toList();
    }

    /** The charts of that name among the sources of an Application. */
    static List<HelmRelease> named(Manifest application, String chart) {
        return all(application).stream().filter(release -> release.is(chart)).toList();
    }

    private boolean isIstios() {
        return ISTIOS.contains(chart) && (repository().contains(ISTIO) || chart.equals("istiod"));
    }

    private static List<HelmRelease> all(Manifest application) {
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
        return Optional.of(new HelmRelease(
                source, chart, from.path("targetRevision").asText(), name, namespace, values(from.path("helm"))));
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
            set(values, List.of(parameter.path("name").asText().split("\\.")), typed(parameter));
        }
        return values;
    }

    /** As Helm's --set reads a value (pkg/strvals, typedVal), unless it is forced to be a text. */
    private static JsonNode typed(JsonNode parameter) {
        JsonNode value = parameter.path("value");
        String text = value.asText("");
        if (!value.isTextual() || parameter.path("forceString").asBoolean(false)) {
            return value;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (text.equalsIgnoreCase("null")) {
            return JsonNodeFactory.instance.nullNode();
        }
        return NUMBER.matcher(text).matches() ? JsonNodeFactory.instance.numberNode(Long.parseLong(text)) : value;
    }

    private static void set(ObjectNode values, List<String> path, JsonNode value) {
        JsonNode below = values.get(path.get(0));
        if (path.size() == 1) {
            values.set(path.get(0), value);
        } else {
            ObjectNode fields = below instanceof ObjectNode object ? object : values.putObject(path.get(0));
            set(fields, path.subList(1, path.size()), value);
        }
    }

    /** The address of the chart's repository, or of a registry, as the Application writes it. */
    public String repository() {
        return source.value().path("repoURL").asText();
    }

    /** False if some stand in files of a repository, which manifests do not hold, or are for items of lists. */
    public boolean hasAllValues() {
        JsonNode helm = source.value().path("helm");
        return helm.path("valueFiles").isEmpty()
                && helm.path("fileParameters").isEmpty()
                && Fields.items(helm.path("parameters")).stream()
                        .allMatch(parameter ->
                                PLAIN.matcher(parameter.path("name").asText()).matches());
    }

    /** True unless the Application leaves the chart's definitions out. */
    public boolean bringsDefinitions() {
        return !source.value().at("/helm/skipCrds").asBoolean(false);
    }

    boolean is(String name) {
        return chart.equals(name);
    }

    /** The value at a JSON Pointer. */
    JsonNode value(String pointer) {
        return values.at(pointer);
    }
}
