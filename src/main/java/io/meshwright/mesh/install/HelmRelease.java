package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Helm chart as an Application of Argo CD, a HelmRelease of Flux, a Release of ours, helmfile or Kustomize installs
 * it: with which values, under which name, into which namespace.
 *
 * @param source the object, and in it what names the chart
 * @param places where version and values stand in it
 * @param from the repository
 */
public record HelmRelease(
        Source source,
        String chart,
        String version,
        String name,
        String namespace,
        JsonNode values,
        Places places,
        From from) {
    private static final String TO_FILL = "{{";
    private static final String ISTIO = "istio";
    private static final List<String> ISTIOS = List.of("istiod", "gateway", "base", "cni", "ztunnel");

    /** The places of version and values, from the source on. */
    record Places(String version, String values) {}

    /**
     * The repository of a chart.
     *
     * @param address of it, or of a registry, as it is written; empty where no object among the manifests tells
     * @param called what else tells whose it is, such as the name of the object that has the address
     * @param whole false if some values stand elsewhere, or are for items of lists
     * @param definitions true unless the chart's definitions are left out
     * @param fetched true if helm can fetch the chart by its name
     */
    record From(String address, String called, boolean whole, boolean definitions, boolean fetched) {}

    /** Every chart that somebody installs. */
    public static List<HelmRelease> all(Manifests manifests) {
        return Stream.of(
                        manifests.kind(Kind.APPLICATION).stream()
                                .flatMap(application -> ApplicationCharts.of(application).stream()),
                        manifests.kind(Kind.FLUX_RELEASE).stream()
                                .flatMap(release -> new FluxChart(manifests, release).read().stream()),
                        manifests.kind(Kind.RELEASE).stream().map(HelmRelease::byHand),
                        Helmfile.releases(manifests),
                        KustomizeCharts.releases(manifests))
                .flatMap(releases -> releases)
                .toList();
    }

    /** The Istio charts among them. */
    static List<HelmRelease> ofIstio(Manifests manifests) {
        return all(manifests).stream().filter(HelmRelease::isIstios).toList();
    }

    /**
     * The charts that are not modelled here: all but Istio's and Argo CD's own. One whose name or namespace an
     * ApplicationSet has yet to fill in is none, nor one that no chart repository has.
     */
    public static List<HelmRelease> others(Manifests manifests) {
        return all(manifests).stream()
                .filter(release -> release.from().fetched())
                .filter(release -> !release.isIstios() && !release.is(ArgoCdChart.CHART))
                .filter(release -> !release.source().value().toString().contains(TO_FILL))
                .toList();
    }

    /** Every chart that helm can fetch under a name that is known, in the order of the manifests. */
    public static List<HelmRelease> everywhere(Manifests manifests) {
        return all(manifests).stream()
                .filter(release -> release.from().fetched())
                .filter(release -> !release.name().concat(release.namespace()).contains(TO_FILL))
                .toList();
    }

    private static HelmRelease byHand(Manifest release) {
        Source spec = Source.of(release).at("/spec");
        String address = release.text("/spec/repository").orElse("");
        return new HelmRelease(
                spec,
                release.text("/spec/chart").orElse(""),
                release.text("/spec/version").orElse(""),
                release.name(),
                release.home(),
                release.at("/spec/values") instanceof ObjectNode written
                        ? written
                        : JsonNodeFactory.instance.objectNode(),
                new Places("/version", "/values"),
                new From(address, "", true, true, true));
    }

    private boolean isIstios() {
        return ISTIOS.contains(chart)
                && (from.address().contains(ISTIO) || from.called().contains(ISTIO) || chart.equals("istiod"));
    }

    /** The address of the chart's repository, or of a registry, as it is written. */
    public String repository() {
        return from.address();
    }

    /** False if some stand in files or objects that are not among the manifests, or are for items of lists. */
    public boolean hasAllValues() {
        return from.whole();
    }

    /** True unless the chart's definitions are left out. */
    public boolean bringsDefinitions() {
        return from.definitions();
    }

    boolean is(String name) {
        return chart.equals(name);
    }

    /** The value at a JSON Pointer. */
    JsonNode value(String pointer) {
        return values.at(pointer);
    }

    /** The place of its values. */
    Source valuesSource() {
        return source.at(places.values());
    }

    /** The place of its version. */
    Source versionSource() {
        return source.at(places.version());
    }
}
