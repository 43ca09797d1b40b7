package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.waypoint.WaypointGateway;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Pods;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Attaches security policies to the pods on which they act: by selector, or by targetRefs for the pods of Gateway API
 * gateways (pilot/pkg/model/policyattachment.go).
 */
public final class Attachment {
    /** The label by which pods belong to a Gateway of the Gateway API. */
    public static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    private Attachment() {}

    /** The namespaces in which policies lie that may act on a pod: the root, its own, and a waypoint's service's. */
    static Stream<String> homes(Pod pod, MeshConfig mesh) {
        return Stream.concat(
                        Stream.of(mesh.rootNamespace(), pod.namespace()),
                        pod.serving().map(Service::namespace).stream())
                .distinct();
    }

    /** True if a policy acts on a pod; one of the root namespace acts in every namespace. */
    public static boolean reaches(Manifest policy, Pod pod, MeshConfig mesh) {
        if (pod.proxy().isWaypoint()) {
            return targets(policy).stream().anyMatch(target -> meansAtWaypoint(policy, target, pod, mesh));
        }
        boolean here = policy.home().equals(pod.namespace());
        if (!here && !policy.home().equals(mesh.rootNamespace())) {
            return false;
        }
        List<JsonNode> targets = targets(policy);
        if (pod.proxy().isZtunnel() && !targets.isEmpty()) {
            return false;
        }
        return targets.isEmpty()
                ? pod.isSelectedBy(selector(policy))
                : here && targets.stream().anyMatch(target -> means(target, pod));
    }

    /** The pods that a policy acts on. */
    public static List<Pod> pods(Manifest policy, Pods pods, MeshConfig mesh) {
        boolean everywhere = policy.home().equals(mesh.rootNamespace());
        List<Pod> candidates = everywhere ? pods.all() : pods.selectedBy(policy.home(), selector(policy));
        return candidates.stream().filter(pod -> reaches(policy, pod, mesh)).toList();
    }

    public static Selector selector(Manifest policy) {
        return Selector.of(policy.at("/spec/selector"));
    }

    private static List<JsonNode> targets(Manifest policy) {
        JsonNode single = policy.at("/spec/targetRef");
        return single.isObject() ? List.of(single) : Fields.items(policy.at("/spec/targetRefs"));
    }

    /** A waypoint heeds no selector, but what is attached to it, its class, or the service that it acts for. */
    private static boolean meansAtWaypoint(Manifest policy, JsonNode target, Pod waypoint, MeshConfig mesh) {
        String name = target.path("name").asText("");
        boolean kubernetes = target.path("kind").asText("").equals("Service");
        return switch (target.path("kind").asText("")) {
            case "Service", "ServiceEntry" ->
                (kubernetes || knows(waypoint, IstioVersion::attachesToServiceEntries))
                        && waypoint.serving()
                                .filter(service -> service.isKubernetes() == kubernetes
                                        && service.namespace().equals(policy.home())
                                        && service.source().manifest().name().equals(name))
                                .isPresent();
            case "GatewayClass" ->
                policy.home().equals(mesh.rootNamespace())
                        && name.equals(WaypointGateway.CLASS)
                        && knows(waypoint, IstioVersion::attachesToGatewayClasses);
            default -> policy.home().equals(waypoint.namespace()) && means(target, waypoint);
        };
    }

    private static boolean knows(Pod waypoint, Predicate<IstioVersion> feature) {
        return waypoint.proxy().version().filter(feature).isPresent();
    }

    private static boolean means(JsonNode target, Pod pod) {
        return target.path("kind").asText("").equals("Gateway")
                && target.path("name").asText("").equals(pod.labels().get(GATEWAY_NAME));
    }
}
