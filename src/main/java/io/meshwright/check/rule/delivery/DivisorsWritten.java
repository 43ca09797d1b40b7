package io.meshwright.check.rule.delivery;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.ArgoComparisons;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * A resourceFieldRef says its divisor: it is the one part of a pod that the API server writes down as "0" where nobody
 * says it, and of which Argo CD does not know that [k8s.io/api, ResourceFieldSelector; crossplane#4509, istio#55955,
 * kubescape/helm-charts#531].
 */
@AutoService(Inspection.class)
public final class DivisorsWritten implements Check {
    public static final Rule DIVISOR_LEFT_OUT = Rule.warning("MESH400", "divisor_left_out")
            .title("A resourceFieldRef leaves out its divisor, which the API server adds")
            .consequence("Its Application stays OutOfSync for ever, and heals without end.")
            .remedy("Write divisor: \"0\", which counts as 1.");

    private static final String REFERENCE = "resourceFieldRef";

    @Override
    public List<Rule> rules() {
        return List.of(DIVISOR_LEFT_OUT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        ArgoComparisons comparisons = new ArgoComparisons(mesh.manifests());
        if (comparisons.areByServer()) {
            return Stream.empty();
        }
        return mesh.pods().all().stream()
                .map(Pod::source)
                // The API server adds nothing to a template in a custom resource.
                .filter(template -> !template.manifest().kind().equals(Kind.ROLLOUT))
                .distinct()
                .flatMap(template -> comparisons.severity(template.manifest()).stream()
                        .flatMap(severity -> references(template.at("/spec"))
                                .filter(reference -> !reference.value().has("divisor"))
                                .filter(reference -> !comparisons.ignore(
                                        reference.manifest(),
                                        reference.pointer().concat("/divisor")))
                                .map(reference -> finding(reference, severity))));
    }

    private static Finding finding(Source reference, Severity severity) {
        return DIVISOR_LEFT_OUT
                .at(
                        reference,
                        "the API server adds divisor: \"0\", which is not written here%s"
                                .formatted(severity == Severity.INFO ? ", should Argo CD deliver it" : ""))
                .as(severity);
    }

    /** Of variables, and of files in volumes. */
    private static Stream<Source> references(Source spec) {
        Stream<Source> variables = Stream.of("containers", "initContainers")
                .flatMap(list -> spec.items(list))
                .flatMap(container -> container.items("env"))
                .map(variable -> variable.at("/valueFrom"));
        Stream<Source> files = spec.items("volumes")
                .flatMap(volume -> Stream.concat(Stream.of(volume), volume.items("projected/sources")))
                .filter(volume -> volume.value().path("downwardAPI").isObject())
                .flatMap(volume -> volume.at("/downwardAPI").items("items"));
        return Stream.concat(variables, files)
                .filter(holder -> holder.value().path(REFERENCE).isObject())
                .map(holder -> holder.field(REFERENCE));
    }
}
