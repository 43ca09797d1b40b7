package io.meshwright.check.rule.namespace;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.stream.Stream;

/** Istiod knows the namespaces that have objects or proxies of Istio's. */
@AutoService(Inspection.class)
public final class NamespacesDiscovered implements Check {
    public static final Rule NAMESPACE_NOT_DISCOVERED = Rule.warning("MESH441", "namespace_not_discovered")
            .title("discoverySelectors leave out a namespace that has objects or proxies of Istio's")
            .consequence("Istiod knows none of its Services and heeds none of its objects, those of the root namespace"
                    + " included.")
            .remedy("Label the namespace as one of meshConfig.discoverySelectors asks.");

    private static final List<String> LABELS =
            List.of(IstioLabels.INJECTION, IstioLabels.REVISION, IstioLabels.DATAPLANE_MODE);

    @Override
    public List<Rule> rules() {
        return List.of(NAMESPACE_NOT_DISCOVERED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.manifests().all().stream()
                        .filter(object -> mesh.discovery().heeds(object).isNo())
                        .map(object -> NAMESPACE_NOT_DISCOVERED.at(
                                Source.of(object),
                                "no discoverySelector means namespace \"%s\", so istiod does not heed it"
                                        .formatted(object.home()))),
                mesh.manifests().kind(Kind.NAMESPACE).stream()
                        .filter(namespace -> hasProxies(namespace)
                                && mesh.discovery().knows(namespace.name()).isNo())
                        .map(namespace -> NAMESPACE_NOT_DISCOVERED.at(
                                Source.of(namespace),
                                "its pods have proxies, and no discoverySelector means it, so istiod knows none of its"
                                        + " Services")));
    }

    private static boolean hasProxies(Manifest namespace) {
        return LABELS.stream()
                .map(label -> namespace.labels().getOrDefault(label, ""))
                .anyMatch(value -> !value.isEmpty() && !value.equals("disabled") && !value.equals("none"));
    }
}
