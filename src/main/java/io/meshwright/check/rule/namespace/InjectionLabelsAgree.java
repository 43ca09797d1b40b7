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
import java.util.Map;
import java.util.stream.Stream;

/** A namespace asks for injection by one label, since Istio heeds only one. */
@AutoService(Inspection.class)
public final class InjectionLabelsAgree implements Check {
    public static final Rule INJECTION_LABELS_CONFLICT = Rule.warning("MESH269", "injection_labels_conflict")
            .title("A namespace has several labels of injection")
            .twins("IST0123")
            .consequence("Only one of them is heeded.")
            .remedy("Keep one of them.");

    private static final List<String> INJECTION_LABELS =
            List.of(IstioLabels.INJECTION, IstioLabels.REVISION, IstioLabels.DATAPLANE_MODE);

    @Override
    public List<Rule> rules() {
        return List.of(INJECTION_LABELS_CONFLICT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.NAMESPACE).stream().flatMap(namespace -> labels(namespace).stream());
    }

    private static List<Finding> labels(Manifest namespace) {
        Map<String, String> labels = namespace.labels();
        // Whoever turns injection off by the one label may well name a revision by the other.
        boolean off = !labels.getOrDefault(IstioLabels.INJECTION, "enabled").equals("enabled");
        if (!off && INJECTION_LABELS.stream().filter(labels::containsKey).count() > 1) {
            return List.of(INJECTION_LABELS_CONFLICT.at(
                    Source.of(namespace).at("/metadata/labels"),
                    "of the labels %s Istio heeds only one".formatted(String.join(", ", INJECTION_LABELS))));
        }
        return List.of();
    }
}
