package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Injection;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The pods that Argo CD's chart makes of its values, as far as injection and Pod Security ask: their labels and their
 * securityContext (argo-helm, charts/argo-cd/templates at argo-cd-8.2.7 and argo-cd-10.1.1).
 */
public final class ArgoCdChart {
    static final String CHART = "argo-cd";
    private static final List<String> COMPONENTS =
            List.of("server", "controller", "repoServer", "applicationSet", "notifications", "dex");

    private final HelmRelease release;
    private final Injection injection;

    private ArgoCdChart(HelmRelease release, Injection injection) {
        this.release = release;
        this.injection = injection;
    }

    public static List<Pod> pods(Manifests manifests, Injection injection) {
        return HelmRelease.all(manifests).stream()
                .filter(release -> release.is(CHART))
                .flatMap(release -> new ArgoCdChart(release, injection).pods())
                .toList();
    }

    private Stream<Pod> pods() {
        return COMPONENTS.stream()
                .filter(component ->
                        release.value("/%s/enabled".formatted(component)).asBoolean(true))
                .map(this::pod);
    }

    private Pod pod(String component) {
        Map<String, String> labels = new LinkedHashMap<>(Fields.strings(release.value("/global/podLabels")));
        labels.putAll(Fields.strings(release.value("/%s/podLabels".formatted(component))));
        Map<String, String> annotations = new LinkedHashMap<>(Fields.strings(release.value("/global/podAnnotations")));
        annotations.putAll(Fields.strings(release.value("/%s/podAnnotations".formatted(component))));
        ObjectNode spec = ((ObjectNode) release.values()).objectNode();
        JsonNode security = release.value("/global/securityContext");
        if (security.isObject()) {
            spec.set("securityContext", security);
        }
        Source values = release.valuesSource();
        return new Pod(
                values,
                release.namespace(),
                new Pod.Metadata(component, labels, annotations, component),
                spec,
                OptionalInt.empty(),
                injection.of(release.namespace(), labels, annotations, spec));
    }
}
