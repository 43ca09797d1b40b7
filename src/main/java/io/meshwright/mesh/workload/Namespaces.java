package io.meshwright.mesh.workload;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.KustomizedFiles;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.value.KubernetesNames;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The namespaces that the manifests, the externals an Application of Argo CD or a HelmRelease of Flux create, with
 * their labels.
 */
public final class Namespaces {
    private static final String NAME_LABEL = KubernetesNames.NAMESPACE_LABEL;
    private static final Set<String> BUILT_IN =
            Set.of(Manifest.DEFAULT_NAMESPACE, "kube-system", "kube-public", "kube-node-lease");

    private final Map<String, Map<String, String>> labels = new TreeMap<>();
    private final Map<String, Manifest> declared = new TreeMap<>();
    private final Map<String, Set<Map<String, String>>> versions = new TreeMap<>();
    private final Set<String> inhabited = new TreeSet<>();

    private Namespaces() {}

    public static Namespaces of(Manifests manifests, Externals externals) {
        Namespaces namespaces = new Namespaces();
        namespaces.labels.putAll(externals.namespaces());
        manifests.kind(Kind.APPLICATION).forEach(namespaces::managed);
        manifests.kind(Kind.FLUX_RELEASE).stream()
                .filter(release -> release.at("/spec/install/createNamespace").asBoolean(false))
                .flatMap(release -> release.text("/spec/targetNamespace").or(release::namespace).stream())
                .forEach(name -> namespaces.labels.putIfAbsent(name, Map.of()));
        KustomizedFiles kustomized = new KustomizedFiles(manifests);
        for (Manifest namespace : manifests.kind(Kind.NAMESPACE)) {
            namespaces.labels.put(namespace.name(), namespace.labels());
            namespaces.declared.putIfAbsent(namespace.name(), namespace);
            if (!kustomized.isLeftOut(namespace)) {
                namespaces
                        .versions
                        .computeIfAbsent(namespace.name(), none -> new LinkedHashSet<>())
                        .add(namespace.labels());
            }
        }
        manifests.all().forEach(manifest -> manifest.namespace().ifPresent(namespaces.inhabited::add));
        return namespaces;
    }

    private void managed(Manifest application) {
        boolean creates = application.texts("/spec/syncPolicy/syncOptions").contains("CreateNamespace=true");
        if (creates) {
            Map<String, String> given =
                    Fields.strings(application.at("/spec/syncPolicy/managedNamespaceMetadata/labels"));
            application.text("/spec/destination/namespace").ifPresent(name -> labels.putIfAbsent(name, given));
        }
    }

    /** The labels, if anything says what they are. */
    public Optional<Map<String, String>> labels(String namespace) {
        return Optional.ofNullable(labels.get(namespace));
    }

    /** The labels as each of several versions of the Namespace has them, such as one of a lesson on injection. */
    public Set<Map<String, String>> versions(String namespace) {
        return versions.getOrDefault(namespace, Set.of());
    }

    /** Tells whether a selector means a namespace, which always has its name as a label. */
    public Truth selected(Selector selector, String namespace) {
        boolean tellsAll = labels.containsKey(namespace) || !asksMore(selector);
        return tellsAll ? Truth.of(mayBeSelected(selector, namespace)) : Truth.UNKNOWN;
    }

    /** True if a selector means a namespace as far as its labels are known. */
    public boolean mayBeSelected(Selector selector, String namespace) {
        Map<String, String> known = new TreeMap<>(labels(namespace).orElse(Map.of()));
        known.put(NAME_LABEL, namespace);
        return selector.selects(known);
    }

    /** True if a selector asks for more than the name, which is known of every namespace. */
    public static boolean asksMore(Selector selector) {
        return Stream.concat(
                        selector.labels().keySet().stream(),
                        selector.expressions().stream().map(Selector.Expression::key))
                .anyMatch(key -> !key.equals(NAME_LABEL));
    }

    /** The Namespace object, if it is among the manifests. */
    public Optional<Manifest> manifest(String namespace) {
        return Optional.ofNullable(declared.get(namespace));
    }

    /** True if the namespace is created by anything known, holds an object, or is in every cluster. */
    public boolean exists(String namespace) {
        return labels.containsKey(namespace) || inhabited.contains(namespace) || BUILT_IN.contains(namespace);
    }

    /** Every namespace that is created or inhabited. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(labels.keySet());
        names.addAll(inhabited);
        return names;
    }
}
