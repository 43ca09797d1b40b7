package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.terms.ClaimPath;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** A route by claims stands at a gateway whose pods verify tokens. */
@AutoService(Inspection.class)
public final class ClaimRoutesHaveTokens implements Check {
    public static final Rule CLAIM_ROUTE_WITHOUT_TOKENS = Rule.error("MESH136", "claim_route_without_tokens")
            .title("A route asks for claims where no token is verified")
            .twins("IST0149")
            .consequence("The match fits no request.")
            .remedy("Add a RequestAuthentication for the gateway's pods.");

    @Override
    public List<Rule> rules() {
        return List.of(CLAIM_ROUTE_WITHOUT_TOKENS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream()
                        .flatMap(route -> route.matches().stream())
                        .filter(ClaimRoutesHaveTokens::asksClaims)
                        .limit(1)
                        .filter(match -> service.gateways().stream()
                                .map(mesh.gateways()::versions)
                                .anyMatch(versions -> !versions.isEmpty()
                                        && versions.stream().allMatch(gateway -> lacksTokens(mesh, gateway))))
                        .map(match -> CLAIM_ROUTE_WITHOUT_TOKENS.at(
                                match.source(),
                                "no RequestAuthentication acts on the gateway's pods, so no request"
                                        + " has claims and the match fits none")));
    }

    /** True if pods of the gateway read no tokens. */
    private static boolean lacksTokens(Mesh mesh, Gateway gateway) {
        List<Pod> pods = mesh.gateways().pods(gateway);
        return pods.isEmpty()
                ? mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                        .noneMatch(object -> Attachment.selector(object).compatible(gateway.selector()))
                : pods.stream()
                        .anyMatch(pod -> mesh.requestAuthentications().of(pod).isEmpty());
    }

    private static boolean asksClaims(HttpMatch match) {
        return match.body().path("headers").properties().stream()
                .anyMatch(header -> ClaimPath.of(header.getKey()).isPresent());
    }
}
