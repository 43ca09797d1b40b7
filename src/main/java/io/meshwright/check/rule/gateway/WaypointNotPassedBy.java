package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A waypoint refuses requests of callers in the mesh alone, unless gateways are told to go through it. */
@AutoService(Inspection.class)
public final class WaypointNotPassedBy implements Check {
    public static final Rule GATEWAY_PASSES_WAYPOINT_BY = Rule.warning("MESH335", "gateway_passes_waypoint_by")
            .title("A gateway passes by a waypoint that has policies")
            .consequence("Requests from outside reach the service without being asked for what the policy demands.")
            .remedy(
                    "Label the Service istio.io/ingress-use-waypoint: \"true\", or attach a policy to the gateway too.");

    private static final List<String> ATTACHING = List.of("selector", "targetRef", "targetRefs");

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAY_PASSES_WAYPOINT_BY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Passage> passages = GatewayRoute.of(mesh).stream()
                .flatMap(route -> route.route().destinations().stream()
                        .flatMap(
                                destination -> mesh
                                        .services()
                                        .of(mesh.services().host(destination.host(), destination.namespace()))
                                        .stream())
                        .flatMap(service -> mesh.waypoints().passedBy(route.gateway(), service).stream()
                                .map(waypoint -> new Passage(route, service, waypoint))))
                .toList();
        List<Manifest> policies = Stream.concat(
                        mesh.authorizationPolicies().all().stream()
                                .filter(policy ->
                                        !policy.isDryRun() && policy.action() != AuthorizationPolicy.Action.AUDIT)
                                .map(AuthorizationPolicy::manifest),
                        mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream())
                .toList();
        return policies.stream().flatMap(policy -> passed(mesh, policy, policies, passages).stream());
    }

    private record Passage(GatewayRoute route, Service service, Pod waypoint) {}

    private static Optional<Finding> passed(
            Mesh mesh, Manifest policy, List<Manifest> policies, List<Passage> passages) {
        return passages.stream()
                .filter(passage -> Attachment.reaches(policy, passage.waypoint(), mesh.config()))
                .filter(passage -> policies.stream()
                        .noneMatch(other -> demands(other).equals(demands(policy))
                                && Attachment.reaches(other, passage.route().gateway(), mesh.config())))
                .findFirst()
                .map(passage -> GATEWAY_PASSES_WAYPOINT_BY.at(
                        policy,
                        "gateway %s sends requests for %s to %s past the waypoint %s, so they are not asked for this policy"
                                .formatted(
                                        passage.route().gateway(),
                                        passage.route().host().domain(),
                                        passage.service(),
                                        passage.waypoint())));
    }

    /** The same of two policies that differ in what they are attached to. */
    private static JsonNode demands(Manifest policy) {
        ObjectNode demands = policy.body().path("spec").deepCopy() instanceof ObjectNode spec
                ? spec.remove(ATTACHING)
                : JsonNodeFactory.instance.objectNode();
        return demands.put("kind", policy.kind().name());
    }
}
