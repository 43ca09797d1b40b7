package io.meshwright.check.rule.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With externalTrafficPolicy Local a node without a pod of the service drops what comes to its node port. Load
 * balancers of Kubernetes are told which nodes have one; whoever else sends to a NodePort must find out alone.
 */
@AutoService(Inspection.class)
public final class NodesAnswer implements Check {
    public static final Rule NODE_PORT_DROPS = Rule.info("MESH318", "node_port_drops")
            .title("Nodes without a pod drop what comes to a node port")
            .consequence("Connections time out wherever the sender does not know which nodes have a pod.")
            .remedy(
                    "Use externalTrafficPolicy Cluster, a DaemonSet, or a balancer that leaves out nodes which do not answer.");

    private static final Kind NODE = new Kind("", "Node");

    @Override
    public List<Rule> rules() {
        return List.of(NODE_PORT_DROPS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.services().all().stream()
                .map(OpenService::new)
                .filter(service -> service.type().equals("NodePort") && service.isLocal())
                .flatMap(service -> finding(mesh, service).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, OpenService service) {
        List<Pod> pods = mesh.services().pods(service.service());
        int nodes = mesh.manifests().kind(NODE).size();
        boolean known =
                !pods.isEmpty() && pods.stream().allMatch(pod -> pod.replicas().isPresent());
        int replicas =
                known ? pods.stream().mapToInt(pod -> pod.replicas().getAsInt()).sum() : 0;
        boolean everywhere = pods.stream().anyMatch(NodesAnswer::isOnEveryNode)
                || nodes > 0 && replicas >= nodes && pods.stream().allMatch(NodesAnswer::isSpread);
        // Who runs the pods, and so on how many nodes they are, stands elsewhere.
        if (everywhere || !known && pods.stream().noneMatch(NodesAnswer::isDaemon)) {
            return Optional.empty();
        }
        return Optional.of(NODE_PORT_DROPS
                .at(
                        service.field("externalTrafficPolicy"),
                        "connections to the node port are dropped at every node without one of the %s of %s%s"
                                .formatted(
                                        known ? "%d pods".formatted(replicas) : "pods",
                                        pods.get(0),
                                        nodes > 0 ? ", and there are %d nodes".formatted(nodes) : ""))
                .as(nodes > 0 ? Severity.WARNING : Severity.INFO));
    }

    private static boolean isDaemon(Pod pod) {
        // Istio's gateway chart makes a DaemonSet where its values say so.
        return pod.source().manifest().kind().equals(Kind.DAEMON_SET)
                || pod.source()
                        .manifest()
                        .at(pod.source().pointer())
                        .path("kind")
                        .asText("")
                        .equals(Kind.DAEMON_SET.name());
    }

    private static boolean isOnEveryNode(Pod pod) {
        JsonNode values = pod.source().manifest().at(pod.source().pointer());
        return isDaemon(pod)
                && Stream.of(pod.spec(), values)
                        .noneMatch(spec -> !spec.path("nodeSelector").isEmpty()
                                || !spec.at("/affinity/nodeAffinity").isEmpty());
    }

    /** True if no two pods may share a node. */
    private static boolean isSpread(Pod pod) {
        String hostname = "kubernetes.io/hostname";
        return Fields.items(pod.spec().at("/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution"))
                        .stream()
                        .anyMatch(term -> term.path("topologyKey").asText("").equals(hostname))
                || Fields.items(pod.spec().path("topologySpreadConstraints")).stream()
                        .anyMatch(spread -> spread.path("topologyKey")
                                        .asText("")
                                        .equals(hostname)
                                && !spread.path("whenUnsatisfiable").asText("").equals("ScheduleAnyway"));
    }
}
