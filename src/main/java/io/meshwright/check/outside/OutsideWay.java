package io.meshwright.check.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.check.evidence.Firewalls;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.Optional;
import java.util.stream.Stream;

/** A way by a gateway's route to a pod's port, as anybody outside takes it: without a token or a certificate. */
public record OutsideWay(Mesh mesh, GatewayRoute entry, GatewayConnection connection) {
    /** The ways of a route to pods, in the order of its destinations. */
    public static Stream<OutsideWay> of(Mesh mesh, GatewayRoute entry) {
        return GatewayConnection.of(mesh, entry).stream().map(way -> new OutsideWay(mesh, entry, way));
    }

    /** The prefix of the paths that the route takes, without a slash at its end; empty where it asks for none. */
    public String prefix() {
        JsonNode uri =
                entry.entry().match().map(match -> match.body().path("uri")).orElseGet(MissingNode::getInstance);
        return uri.path("prefix").asText(uri.path("segments").asText("")).replaceFirst("/+$", "");
    }

    /**
     * The request as it reaches the pod; empty if another route takes it, or if a policy or a firewall on the way
     * refuses it or may refuse it.
     */
    public Optional<HttpRequest> arriving(String method, String path) {
        String host = entry.request(method).authority();
        HttpRequest request = HttpRequest.of(method, "https", host, path, mesh.paths(connection.gateway()));
        boolean taken = entry.host()
                .route(request, mesh.version(connection.gateway()))
                .filter(entry.entry()::equals)
                .isPresent();
        return taken
                ? Optional.of(Rewrite.of(entry.entry(), request)).filter(onward -> isAdmitted(request, onward))
                : Optional.empty();
    }

    private boolean isAdmitted(HttpRequest request, HttpRequest onward) {
        return mesh.authorizationPolicies()
                        .evaluate(
                                connection.gateway(),
                                Call.to(entry.listener().port())
                                        .with(request)
                                        .from(Attribute.absent())
                                        .withToken(Attribute.absent()))
                        .isAllowed()
                && !mesh.authorizationPolicies()
                        .evaluate(connection.server(), connection.call(mesh, onward))
                        .isDenied()
                && Firewalls.refusal(mesh, connection).isEmpty();
    }
}
