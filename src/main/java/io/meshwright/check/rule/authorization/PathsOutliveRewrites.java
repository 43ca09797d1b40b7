package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.PolicyPaths;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule that refuses requests at a workload names their paths as the gateway's routes leave them: authorization there
 * sees what the router in front of it made of them.
 */
@AutoService(Inspection.class)
public final class PathsOutliveRewrites implements Check {
    public static final Rule PATH_REWRITTEN_BEFORE = Rule.warning("MESH375", "path_rewritten_before")
            .title("A rule names a path that a gateway's route rewrites before the rule is asked")
            .consequence(
                    "The rule fits no request that comes through the gateway: what it should refuse is let through.")
            .remedy(
                    "Name the path as the rewrite leaves it, or attach the policy to the gateway, which is asked before.");

    private static final List<String> METHODS = List.of("GET", "POST");

    /** A rule of the policies of a pod, and a way to it. */
    private record Met(AuthorizationRule rule, Optional<String> lost, boolean fits) {}

    @Override
    public List<Rule> rules() {
        return List.of(PATH_REWRITTEN_BEFORE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (mesh.authorizationPolicies().all().stream().noneMatch(PathsOutliveRewrites::refusesPaths)) {
            return Stream.empty();
        }
        Map<Source, Met> met = new LinkedHashMap<>();
        GatewayRoute.of(mesh).stream()
                .flatMap(route ->
                        GatewayConnection.of(mesh, route).stream().flatMap(connection -> met(mesh, route, connection)))
                .forEach(each -> met.merge(each.rule().source(), each, PathsOutliveRewrites::both));
        return met.values().stream()
                .filter(each -> !each.fits())
                .flatMap(each -> each.lost().stream()
                        .map(why ->
                                PATH_REWRITTEN_BEFORE.at(each.rule().source().at("/to"), why)));
    }

    private static boolean refusesPaths(AuthorizationPolicy policy) {
        return (policy.action() == Action.DENY || policy.action() == Action.CUSTOM)
                && !policy.isDryRun()
                && policy.rules().stream().anyMatch(PathsOutliveRewrites::namesPaths);
    }

    private static boolean namesPaths(AuthorizationRule rule) {
        return PolicyPaths.of(rule.source()).findAny().isPresent();
    }

    private static Met both(Met one, Met other) {
        return new Met(one.rule(), one.lost().or(other::lost), one.fits() || other.fits());
    }

    private static Stream<Met> met(Mesh mesh, GatewayRoute route, GatewayConnection connection) {
        return !connection.server().proxy().isSidecar()
                ? Stream.empty()
                : mesh.authorizationPolicies().of(connection.server()).stream()
                        .filter(PathsOutliveRewrites::refusesPaths)
                        .flatMap(policy -> policy.rules().stream()
                                .filter(PathsOutliveRewrites::namesPaths)
                                .flatMap(rule -> METHODS.stream()
                                        .flatMap(method -> new PolicyPaths(route)
                                                .taken(List.of(policy), method)
                                                .map(request -> met(mesh, rule, connection, request)))));
    }

    private static Met met(Mesh mesh, AuthorizationRule rule, GatewayConnection connection, HttpRequest request) {
        HttpRequest onward = Rewrite.of(connection.entry(), request);
        boolean fits = !rule.fits(connection.call(mesh, onward)).isNo();
        boolean meant = rule.fits(connection.call(mesh, request)).isYes();
        return new Met(
                rule,
                meant && !fits
                        ? Optional.of("%s routes %s%s to %s as %s, which the rule does not fit"
                                .formatted(
                                        connection.entry().route().owner(),
                                        connection.host().domain(),
                                        request.path(),
                                        connection.server(),
                                        onward.path()))
                        : Optional.empty(),
                fits);
    }
}
