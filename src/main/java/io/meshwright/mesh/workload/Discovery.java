package io.meshwright.mesh.workload;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Truth;
import java.util.List;
import java.util.Set;

/**
 * The namespaces that istiod knows: those that discoverySelectors of the mesh configuration mean, the root namespace
 * being no exception (pkg/kube/namespace, filter.go).
 */
public final class Discovery {
    private static final Set<String> GROUPS = Set.of(
            Kind.VIRTUAL_SERVICE.group(),
            Kind.AUTHORIZATION_POLICY.group(),
            Kind.TELEMETRY.group(),
            Kind.WASM_PLUGIN.group(),
            Kind.HTTP_ROUTE.group(),
            Kind.X_LISTENER_SET.group());

    private final List<Selector> selectors;
    private final Namespaces namespaces;
    private final boolean scopesObjects;

    public Discovery(MeshConfig mesh, Namespaces namespaces, IstioVersion version) {
        this.selectors = mesh.discoverySelectors().stream().map(Selector::of).toList();
        this.namespaces = namespaces;
        this.scopesObjects = version.scopesObjectsByNamespace();
    }

    /** Tells whether Services and pods of a namespace are known. */
    public Truth knows(String namespace) {
        return selectors.isEmpty()
                ? Truth.YES
                : selectors.stream()
                        .map(selector -> namespaces.selected(selector, namespace))
                        .reduce(Truth.NO, Truth::or);
    }

    /** Tells whether an object is heeded; releases up to 1.21 heed those of Istio's own kinds everywhere. */
    public Truth heeds(Manifest object) {
        boolean scoped = scopesObjects && GROUPS.contains(object.kind().group())
                || object.kind().equals(Kind.INGRESS);
        return scoped ? object.namespace().map(this::knows).orElse(Truth.YES) : Truth.YES;
    }

    /** The objects without those that are not heeded. */
    public Manifests heeded(Manifests manifests) {
        return selectors.isEmpty()
                ? manifests
                : Manifests.of(manifests.all().stream()
                        .filter(object -> !heeds(object).isNo())
                        .toList());
    }
}
