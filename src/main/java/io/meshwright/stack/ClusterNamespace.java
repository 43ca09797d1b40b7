package io.meshwright.stack;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshwright.environment.NamespaceSettings.PodSecurity;
import io.meshwright.value.Name;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One namespace with its labels for injection and for the Pod Security Standard.
 *
 * @param revisionTag tag that selects the control plane, where the environment has revisions
 * @param reason why the level is lower than restricted; written on the namespace for the reviewer
 */
record ClusterNamespace(Name name, boolean inject, Optional<Name> revisionTag, PodSecurity podSecurity, String reason) {
  private static final String LEVEL = "pod-security.kubernetes.io/";

  Namespace render(Map<String, String> annotations) {
    var labels = new TreeMap<String, String>();
    labels.put(LEVEL + "enforce", podSecurity.word());
    labels.put(LEVEL + "audit", podSecurity.word());
    labels.put(LEVEL + "warn", podSecurity.word());
    if (inject) {
      // Both labels on one namespace contradict each other (IST0123).
      labels.put(revisionTag.isPresent() ? "istio.io/rev" : "istio-injection",
          revisionTag.map(Name::toString).orElse("enabled"));
    }
    var notes = new TreeMap<>(annotations);
    if (reason != null) {
      notes.put("meshwright.io/pod-security-reason", reason);
    }
    return new NamespaceBuilder().withNewMetadata()
        .withName(name.toString()).withLabels(labels).withAnnotations(notes).endMetadata().build();
  }
}
