package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Cluster;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Commands and queries that tell more of an incident, with its real names; each only reads. */
public final class Looks {
    private static final String PLAIN = "[A-Za-z0-9._:|/-]+";

    private Looks() {}

    /**
     * In the order in which a person would run them.
     *
     * @param caller namespace and name of the workload that called; empty for a client outside
     */
    public static List<String> of(Mesh mesh, Evidence evidence, Optional<String> caller) {
        List<String> looks = new ArrayList<>();
        Optional<Destination> destination = Destination.of(mesh, evidence);
        destination.ifPresent(found -> {
            found.pods().stream().findFirst().ifPresent(pod -> looks.add(pods(pod)));
            evidence.called()
                    .map(Cluster::name)
                    .filter(name -> !name.isEmpty())
                    .flatMap(name -> proxy(mesh, caller)
                            .map(proxy -> "istioctl proxy-config endpoints %s --cluster '%s'".formatted(proxy, name)))
                    .ifPresent(looks::add);
            looks.add(
                    "PromQL: sum by (response_code, response_flags) (rate(istio_requests_total{reporter=\"source\", destination_service=\"%s\"}[5m]))"
                            .formatted(found.service().host()));
        });
        evidence.value(Field.REQUEST_ID)
                .filter(id -> id.matches(PLAIN))
                .ifPresent(id -> looks.add("LogQL: {namespace=~\".+\"} |= \"%s\"".formatted(id)));
        evidence.value(Field.UPSTREAM_HOST)
                .filter(host -> host.matches(PLAIN) && host.contains("."))
                .map(host -> evidence.address(Field.UPSTREAM_HOST))
                .ifPresent(address ->
                        looks.add("kubectl get pods -A -o wide --field-selector status.podIP=%s".formatted(address)));
        return looks;
    }

    /** The workload whose proxy sends: the caller's, or a gateway's. */
    private static Optional<String> proxy(Mesh mesh, Optional<String> caller) {
        return mesh.pods().all().stream()
                .filter(pod -> caller.map(name -> name.equals(pod.toString()))
                        .orElse(pod.proxy().isGateway()))
                .findFirst()
                .map(pod -> "%s/%s.%s"
                        .formatted(
                                pod.source().manifest().kind().name().toLowerCase(Locale.ROOT),
                                pod.name(),
                                pod.namespace()));
    }

    private static String pods(Pod pod) {
        String labels = pod.labels().entrySet().stream()
                .filter(label ->
                        List.of("app", "version", "app.kubernetes.io/name").contains(label.getKey()))
                .map(label -> "%s=%s".formatted(label.getKey(), label.getValue()))
                .reduce((one, other) -> "%s,%s".formatted(one, other))
                .map(" -l "::concat)
                .orElse("");
        return "kubectl -n %s get pods%s -o wide".formatted(pod.namespace(), labels);
    }
}
