package io.meshwright.check.rule.installation;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** istiod reads no objects whose definition is older than what it was built with (pkg/kube/kclient/crdwatcher.go). */
@AutoService(Inspection.class)
public final class DefinitionsNewEnough implements Check {
    public static final Rule DEFINITION_TOO_OLD = Rule.warning("MESH307", "definition_too_old")
            .title("A definition of the Gateway API is older than what istiod reads")
            .twins("IST0176")
            .consequence("istiod passes over every object of the kind: its routes do not exist.")
            .remedy("Install the Gateway API's release that is named, or a newer one.");

    private static final String BUNDLE = "gateway.networking.k8s.io/bundle-version";
    private static final Map<String, Needed> NEEDED = Map.of(
            "grpcroutes.gateway.networking.k8s.io", new Needed("1.1.0", "1.22"),
            "backendtlspolicies.gateway.networking.k8s.io", new Needed("1.4.0", "1.28"),
            "tlsroutes.gateway.networking.k8s.io", new Needed("1.5.0", "1.30"),
            "tcproutes.gateway.networking.k8s.io", new Needed("1.6.0", "1.31"));

    /** The oldest bundle that Istio reads from a release of its own on. */
    private record Needed(String bundle, String since) {}

    @Override
    public List<Rule> rules() {
        return List.of(DEFINITION_TOO_OLD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.CUSTOM_RESOURCE_DEFINITION).stream()
                .flatMap(definition -> finding(mesh, definition));
    }

    private static Stream<Finding> finding(Mesh mesh, Manifest definition) {
        Needed needed = NEEDED.get(definition.name());
        String bundle = definition.annotations().get(BUNDLE);
        if (needed == null || bundle == null) {
            return Stream.empty();
        }
        // What follows the numbers, such as -rc.1, does not count for istiod.
        String numbers = bundle.replaceFirst("^v", "").replaceFirst("[-+].*", "");
        boolean old = numbers.matches("\\d{1,4}(\\.\\d{1,4}){2}")
                && mesh.version().version().isAtLeast(Version.of(needed.since()))
                && !Version.of(numbers).isAtLeast(Version.of(needed.bundle()));
        return !old
                ? Stream.empty()
                : Stream.of(DEFINITION_TOO_OLD.at(
                        Source.of(definition).annotation(BUNDLE),
                        "Istio %s needs %s of the Gateway API's release %s, and this is of %s"
                                .formatted(mesh.version(), definition.name(), needed.bundle(), bundle)));
    }
}
