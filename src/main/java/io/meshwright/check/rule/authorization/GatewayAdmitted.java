package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Firewalls;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.PolicyPaths;
import io.meshwright.check.rule.destination.TlsAgrees;
import io.meshwright.check.rule.firewall.GatewayLetIn;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationVerdict;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Behind a gateway the caller is the gateway: its identity and its pods must be admitted by whoever a route leads to.
 */
@AutoService(Inspection.class)
public final class GatewayAdmitted implements Check {
    public static final Rule GATEWAY_NOT_ALLOWED = Rule.error("MESH219", "gateway_not_allowed")
            .title("A gateway routes to a workload that does not admit it")
            .twins("KIA0105")
            .consequence("Clients get 403: RBAC: access denied; where a ztunnel refuses the gateway they get 503.")
            .remedy("Allow the principal of the gateway's service account; mutual TLS must be on for it to be known.");

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD");

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAY_NOT_ALLOWED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return GatewayRoute.of(mesh).stream()
                .flatMap(entry -> GatewayConnection.of(mesh, entry).stream()
                        .flatMap(connection -> Stream.of(
                                        tls(mesh, connection),
                                        authorization(mesh, connection, entry),
                                        network(mesh, connection))
                                .flatMap(Optional::stream)));
    }

    private static Optional<Finding> tls(Mesh mesh, GatewayConnection connection) {
        TlsOutcome outcome = mesh.clientTls()
                .outcome(
                        connection.gateway(),
                        connection.service(),
                        connection.port(),
                        Optional.empty(),
                        connection.server());
        boolean byRule = outcome.decidedBy().stream()
                .anyMatch(source -> source.manifest().kind().name().equals("DestinationRule"));
        return outcome instanceof TlsOutcome.Broken broken && !byRule
                ? Optional.of(TlsAgrees.TLS_DISAGREES.at(
                        connection.entry().source(),
                        "gateway %s calls %s on port %d in vain: %s"
                                .formatted(
                                        connection.gateway(),
                                        connection.service(),
                                        connection.port().number(),
                                        broken.failure().sentence())))
                : Optional.empty();
    }

    private static Optional<Finding> authorization(Mesh mesh, GatewayConnection connection, GatewayRoute entry) {
        List<AuthorizationPolicy> policies = mesh.authorizationPolicies().of(connection.server());
        if (policies.isEmpty() || PolicyPaths.isOneWay(connection.entry())) {
            return Optional.empty();
        }
        List<Source> refusing = new ArrayList<>();
        PolicyPaths paths = new PolicyPaths(entry);
        for (String method : methods(connection)) {
            for (HttpRequest request : paths.all(policies, method).toList()) {
                HttpRequest onward = Rewrite.of(connection.entry(), request);
                AuthorizationVerdict verdict = mesh.authorizationPolicies()
                        .evaluate(
                                connection.server(),
                                connection.call(mesh, onward).withToken(Attribute.unknown()));
                if (!verdict.isDenied()) {
                    return Optional.empty();
                }
                refusing.addAll(verdict.decidedBy());
            }
        }
        Source place = refusing.stream().findFirst().orElse(connection.entry().source());
        return Optional.of(GATEWAY_NOT_ALLOWED.at(
                place,
                "%s routes %s%s to %s, which admits no request of gateway %s (service account %s): clients get %s"
                        .formatted(
                                entry.route().owner(),
                                connection.host().domain(),
                                entry.request("GET").path(),
                                connection.server(),
                                connection.gateway(),
                                connection.gateway().serviceAccount(),
                                connection.server().proxy().answersRefusals() ? "403" : "503 with flag UC")));
    }

    private static List<String> methods(GatewayConnection connection) {
        return connection
                .entry()
                .match()
                .map(HttpMatch::body)
                .map(body -> body.path("method").path("exact").asText(""))
                .filter(method -> !method.isEmpty())
                .map(List::of)
                .orElse(METHODS);
    }

    private static Optional<Finding> network(Mesh mesh, GatewayConnection connection) {
        return Firewalls.refusal(mesh, connection)
                .map(admission -> GatewayLetIn.NETWORK_POLICY_BLOCKS_ROUTE.at(
                        admission.decidedBy().stream()
                                .findFirst()
                                .orElse(connection.entry().source()),
                        ("a route leads from gateway %s to %s on port %d, but no rule admits the connection: clients"
                                        + " wait and get 503 with flag UF")
                                .formatted(connection.gateway(), connection.server(), connection.target())));
    }
}
