package io.meshwright.operations;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workloads of a mesh, as somebody at a shell chooses one.
 *
 * @param choices a line of shell for each that has a proxy, which sets {@code ns} and {@code pod}
 * @param alone those that run one pod
 * @param claims their volumes that outlive a pod
 */
record KnownWorkloads(List<String> choices, List<String> alone, List<String> claims) {
    static KnownWorkloads of(Mesh mesh) {
        List<Pod> pods = mesh.pods().all().stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
        return new KnownWorkloads(
                pods.stream()
                        .filter(pod -> pod.proxy().isSidecar() || pod.proxy().isGateway())
                        .filter(pod -> !selector(pod).isEmpty())
                        .map(KnownWorkloads::choice)
                        .distinct()
                        .toList(),
                pods.stream()
                        .filter(pod -> pod.replicas().orElse(0) == 1 && isKept(pod))
                        .map("`%s`"::formatted)
                        .toList(),
                claims(mesh));
    }

    private static boolean isKept(Pod pod) {
        Kind kind = pod.source().manifest().kind();
        return kind.equals(Kind.DEPLOYMENT) || kind.equals(Kind.STATEFUL_SET) || kind.equals(Kind.ROLLOUT);
    }

    private static String choice(Pod pod) {
        return "ns=%s; pod=$(kubectl get pods -n $ns -l '%s' -o jsonpath='{.items[0].metadata.name}')"
                .formatted(pod.namespace(), selector(pod));
    }

    /** As few labels as choose its pods: those by which its workload does, else all that it has. */
    private static String selector(Pod pod) {
        Map<String, String> chosen = Fields.strings(pod.source().manifest().at("/spec/selector/matchLabels"));
        return new TreeMap<>(chosen.isEmpty() ? pod.labels() : chosen)
                .entrySet().stream()
                        .map(label -> "%s=%s".formatted(label.getKey(), label.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static List<String> claims(Mesh mesh) {
        List<String> written = mesh.manifests().kind(Kind.PERSISTENT_VOLUME_CLAIM).stream()
                .map(claim -> "`%s/%s`".formatted(claim.home(), claim.name()))
                .toList();
        List<String> templates = mesh.manifests().kind(Kind.STATEFUL_SET).stream()
                .flatMap(KnownWorkloads::templates)
                .toList();
        return Stream.concat(written.stream(), templates.stream()).sorted().toList();
    }

    private static Stream<String> templates(Manifest workload) {
        return Fields.items(workload.at("/spec/volumeClaimTemplates")).stream()
                .map(claim -> "`%s/%s-%s-0`"
                        .formatted(workload.home(), claim.at("/metadata/name").asText(), workload.name()));
    }
}
