package io.meshwright.plan.request;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.ApiServerCall;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The calls of the API server to webhooks and to servers of other APIs. It is no pod, so that no selector of a
 * NetworkPolicy means it, and it has no certificate of the mesh.
 */
final class ApiServerCalls {
    private static final String TCP = "TCP";

    /** Why a call does not arrive; {@code sure} unless it does where the API server runs on the pod's own node. */
    private record Obstacle(String why, boolean sure) {}

    private ApiServerCalls() {}

    /** Tells of those that arrive on one side only, by the same words on both. */
    static List<Change> changes(Mesh before, Mesh after) {
        Map<String, Optional<Obstacle>> old = ends(before);
        List<Change> changes = new ArrayList<>();
        ends(after).forEach((subject, young) -> {
            Optional<Obstacle> former = old.getOrDefault(subject, Optional.empty());
            String lost = old.containsKey(subject) ? "does not arrive any more" : "does not arrive";
            young.filter(obstacle -> former.isEmpty())
                    .ifPresent(obstacle -> changes.add(lost(subject, lost, obstacle)));
            former.filter(obstacle -> young.isEmpty())
                    .ifPresent(obstacle -> changes.add(ChangeRule.REQUEST_ARRIVES
                            .of(subject, "did not arrive, does now")
                            .because(List.of("before: %s".formatted(obstacle.why())))));
        });
        return changes;
    }

    private static Change lost(String subject, String sentence, Obstacle obstacle) {
        return obstacle.sure()
                ? ChangeRule.REQUEST_LOST.of(subject, sentence).because(List.of("after: %s".formatted(obstacle.why())))
                : ChangeRule.REQUEST_UNKNOWN
                        .of(subject, "cannot be told: arrives only where the API server runs on the pod's own node")
                        .because(List.of("after: %s".formatted(obstacle.why())));
    }

    /** By subject; calls to pods that are not among the manifests are left out. */
    private static Map<String, Optional<Obstacle>> ends(Mesh mesh) {
        Map<String, Optional<Obstacle>> ends = new TreeMap<>();
        ApiServerCall.all(mesh.manifests())
                .forEach(call -> mesh.services()
                        .kubernetes(call.namespace(), call.service())
                        .filter(service -> !mesh.services().pods(service).isEmpty())
                        .ifPresent(service -> ends.put(call.subject(), obstacle(mesh, service, call.port()))));
        return ends;
    }

    private static Optional<Obstacle> obstacle(Mesh mesh, Service service, int number) {
        return service.port(number).stream()
                .flatMap(port -> mesh.services().pods(service).stream()
                        .flatMap(
                                pod -> port.on(pod).stream().boxed().flatMap(target -> at(mesh, pod, target).stream())))
                .findFirst();
    }

    private static Optional<Obstacle> at(Mesh mesh, Pod pod, int port) {
        boolean captured = pod.proxy().isZtunnel() || pod.proxy().isSidecar() && Capture.inbound(pod, port);
        if (captured && mesh.peerAuthentications().of(pod, port).mode() == Mode.STRICT) {
            return Optional.of(new Obstacle(
                    "%s port %d demands mutual TLS, for which the API server has no certificate".formatted(pod, port),
                    true));
        }
        Truth admitted = mesh.networkPolicies()
                .ingress(NetworkPeer.outside(), pod, port, TCP)
                .admitted();
        return admitted.isNo()
                ? Optional.of(new Obstacle(
                        "NetworkPolicy admits to %s port %d no caller that is no pod".formatted(pod, port), false))
                : Optional.empty();
    }
}
