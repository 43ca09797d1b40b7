package io.meshwright.check.rule.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The external authorizer that a policy asks is a service of the mesh, by its whole name and its own port. */
@AutoService(Inspection.class)
public final class AuthorizersReached implements Check {
    public static final Rule AUTHORIZER_NOT_REACHED = Rule.error("MESH444", "authorizer_not_reached")
            .title("An external authorizer is no service, or the service has no such port")
            .consequence("Nobody can agree: requests that the policy fits get 403, or pass unasked with failOpen where"
                    + " the port alone is wrong.")
            .remedy("Write the whole name of the Service, such as auth.shop.svc.cluster.local, and a port of the"
                    + " Service's own in the provider of extensionProviders.");

    private static final List<String> KINDS = List.of("envoyExtAuthzHttp", "envoyExtAuthzGrpc");

    @Override
    public List<Rule> rules() {
        return List.of(AUTHORIZER_NOT_REACHED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.authorizationPolicies().all().stream()
                .filter(policy -> policy.action() == Action.CUSTOM)
                .flatMap(policy -> mesh.config().provider(policy.provider()).stream()
                        .flatMap(provider -> KINDS.stream().map(provider::path))
                        .filter(JsonNode::isObject)
                        .flatMap(asked -> finding(mesh, completeness, policy, asked).stream()));
    }

    /** The service is looked up as it is written, a namespace before it apart (telemetry_logging.go, LookupCluster). */
    private static Optional<Finding> finding(
            Mesh mesh, Completeness completeness, AuthorizationPolicy policy, JsonNode asked) {
        String written = asked.path("service").asText("");
        String host = written.substring(written.indexOf('/') + 1);
        int port = asked.path("port").asInt(0);
        List<Service> services = mesh.services().of(host);
        if (!services.isEmpty()) {
            return services.stream()
                            .anyMatch(service -> service.port(port).isPresent()
                                    || service.ports().isEmpty())
                    ? Optional.empty()
                    : Optional.of(at(policy, "%s has no port %d".formatted(host, port)));
        }
        return host.indexOf('.') < 0
                ? Optional.of(at(policy, "\"%s\" is no whole name of a service".formatted(host)))
                : completeness
                        .lost(host, mesh.config().rootNamespace(), mesh.config().rootNamespace())
                        .map(missing -> missing.weighed(at(policy, missing.why())));
    }

    private static Finding at(AuthorizationPolicy policy, String why) {
        return AUTHORIZER_NOT_REACHED.at(
                Source.of(policy.manifest()).at("/spec/provider/name"),
                "%s, so \"%s\" cannot be asked".formatted(why, policy.provider()));
    }
}
