package io.meshwright.stack;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshwright.environment.NamespaceSettings.PodSecurity;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioLabels;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One namespace with its labels for injection and for the Pod Security Standard.
 *
 * @param controlPlane tag or revision that injects, where the one without a name is not the only one
 * @param marks further labels, for controllers of the platform
 * @param reason why the level is lower than restricted; written on the namespace for the reviewer
 */
record ClusterNamespace(
        Name name,
        boolean inject,
        Optional<Name> controlPlane,
        PodSecurity podSecurity,
        Map<String, String> marks,
        @Nullable String reason) {
    private static final String LEVEL = "pod-security.kubernetes.io/";

    Namespace render(Map<String, String> annotations) {
        var labels = new TreeMap<>(marks);
        labels.put(LEVEL + "enforce", podSecurity.word());
        labels.put(LEVEL + "audit", podSecurity.word());
        labels.put(LEVEL + "warn", podSecurity.word());
        if (inject) {
            // Both labels on one namespace contradict each other (IST0123).
            labels.put(
                    controlPlane.isPresent() ? IstioLabels.REVISION : IstioLabels.INJECTION,
                    controlPlane.map(Name::toString).orElse("enabled"));
        }
        var notes = new TreeMap<>(annotations);
        if (reason != null) {
            notes.put(MeshwrightNames.POD_SECURITY_REASON, reason);
        }
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name.toString())
                .withLabels(labels)
                .withAnnotations(notes)
                .endMetadata()
                .build();
    }
}
