package io.meshwright.check.rule.authentication;

import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls that an operator makes because an object of somebody else's names an address: KEDA asks a Prometheus for a
 * ScaledObject, and Argo Rollouts one for an analysis [keda#3852].
 */
final class OperatorQueries {
    private static final String KEDA = "keda-operator";
    private static final String ROLLOUTS = "argo-rollouts";
    private static final List<Kind> SCALED =
            List.of(new Kind("keda.sh", "ScaledObject"), new Kind("keda.sh", "ScaledJob"));
    private static final List<Kind> ANALYSES =
            List.of(new Kind("argoproj.io", "AnalysisTemplate"), new Kind("argoproj.io", "ClusterAnalysisTemplate"));

    private OperatorQueries() {}

    static Stream<WrittenCall> of(Mesh mesh) {
        return Stream.concat(
                by(mesh, KEDA, addresses(mesh, SCALED, "spec/triggers", "/metadata/serverAddress")),
                by(mesh, ROLLOUTS, addresses(mesh, ANALYSES, "spec/metrics", "/provider/prometheus/address")));
    }

    private static List<Source> addresses(Mesh mesh, List<Kind> kinds, String list, String field) {
        return kinds.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(owner -> Source.of(owner).items(list))
                .map(item -> item.at(field))
                .filter(address -> address.value().isTextual())
                .toList();
    }

    private static Stream<WrittenCall> by(Mesh mesh, String operator, List<Source> addresses) {
        return mesh.pods().all().stream().filter(pod -> isCalled(pod, operator)).findFirst().stream()
                .flatMap(pod -> addresses.stream()
                        .flatMap(address ->
                                WrittenCall.read(pod, address, address.value().asText()).stream()));
    }

    private static boolean isCalled(Pod pod, String operator) {
        return pod.name().equals(operator) || operator.equals(pod.labels().get("app.kubernetes.io/name"));
    }
}
