package io.meshwright.check.rule.policy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.PolicyTargets;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.waypoint.Waypoints;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Waypoints alone heed what is attached to a service or to a class of Gateways (policyattachment.go,
 * ShouldAttachPolicy).
 */
@AutoService(Inspection.class)
public final class PolicyTargetsServed implements Check {
    public static final Rule TARGET_WITHOUT_WAYPOINT = Rule.warning("MESH397", "target_without_waypoint")
            .title("A policy is attached to a service that has no waypoint")
            .consequence("Nobody heeds the policy: what it should refuse is let through.")
            .remedy("Label the service istio.io/use-waypoint, or select its pods with selector if their proxies know"
                    + " what the policy asks.");

    public static final Rule CLASS_NOT_HEEDED = Rule.warning("MESH398", "class_not_heeded")
            .title("A policy is attached to a class of Gateways for which nothing counts")
            .consequence("Nobody heeds the policy: what it should refuse is let through.")
            .remedy("Attach it to the GatewayClass istio-waypoint in the root namespace, or to the Gateway itself.");

    private static final List<Kind> POLICIES = List.of(
            Kind.AUTHORIZATION_POLICY,
            Kind.REQUEST_AUTHENTICATION,
            Kind.TELEMETRY,
            Kind.WASM_PLUGIN,
            Kind.TRAFFIC_EXTENSION,
            Kind.ENVOY_FILTER);

    @Override
    public List<Rule> rules() {
        return List.of(TARGET_WITHOUT_WAYPOINT, CLASS_NOT_HEEDED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return PolicyTargets.of(mesh, POLICIES)
                .flatMap(target -> (switch (target.value().path("kind").asText("")) {
                            case "Service" -> unserved(mesh, target, true);
                            case "ServiceEntry" -> unserved(mesh, target, false);
                            case "GatewayClass" -> unheeded(mesh, target);
                            default -> Optional.<Finding>empty();
                        })
                        .stream());
    }

    /** A namespace that is not given may name the waypoint of all its services. */
    private static Optional<Finding> unserved(Mesh mesh, Source target, boolean kubernetes) {
        String namespace = target.manifest().home();
        List<Service> services = mesh.services().all().stream()
                .filter(service -> service.isKubernetes() == kubernetes
                        && service.namespace().equals(namespace)
                        && service.source()
                                .manifest()
                                .name()
                                .equals(target.value().path("name").asText("")))
                .toList();
        if (!services.isEmpty()
                && services.stream().anyMatch(mesh.waypoints()::mayServe)
                && services.stream().noneMatch(mesh.waypoints()::hasAddress)) {
            return Optional.of(TARGET_WITHOUT_WAYPOINT
                    .at(
                            target.at("/name"),
                            "%s has no address of its own by which its calls would come to the waypoint, so they are not asked"
                                    .formatted(services.get(0)))
                    .remedy("Give it an address of its own, or select its pods with selector."));
        }
        return services.isEmpty() || services.stream().anyMatch(mesh.waypoints()::mayServe)
                ? Optional.empty()
                : Optional.of(Completeness.weighed(
                        TARGET_WITHOUT_WAYPOINT.at(
                                target.at("/name"),
                                "no waypoint serves %s, and nobody else heeds what is attached to it"
                                        .formatted(services.get(0))),
                        mesh.namespaces().manifest(namespace).isPresent()));
    }

    private static Optional<Finding> unheeded(Mesh mesh, Source target) {
        String root = mesh.config().rootNamespace();
        if (!target.value().path("name").asText("").equals(Waypoints.CLASS)) {
            return Optional.of(CLASS_NOT_HEEDED.at(
                    target.at("/name"),
                    "policies are heeded for the GatewayClass \"%s\" alone".formatted(Waypoints.CLASS)));
        }
        return target.manifest().home().equals(root)
                ? Optional.empty()
                : Optional.of(CLASS_NOT_HEEDED.at(
                        target.at("/name"),
                        "what is attached to a GatewayClass counts in the root namespace \"%s\" alone"
                                .formatted(root)));
    }
}
