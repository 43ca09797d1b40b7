package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.rule.route.CorsReachable;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationVerdict;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A browser's preflight carries no token, and authorization is asked before the CORS policy: a policy that forgets it
 * shuts browsers out.
 */
@AutoService(Inspection.class)
public final class PreflightAdmitted implements Check {
    public static final Rule PREFLIGHT_REFUSED = Rule.error("MESH221", "preflight_refused")
            .title("Authorization refuses CORS preflights")
            .consequence("Browsers send nothing after a refused preflight: the application is dead to them, though curl"
                    + " works.")
            .remedy("Allow method OPTIONS when request.headers[access-control-request-method] is [\"*\"]; add"
                    + " notMethods [OPTIONS] to DENY.");

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    @Override
    public List<Rule> rules() {
        return List.of(PREFLIGHT_REFUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return GatewayRoute.of(mesh).stream().flatMap(entry -> {
            Optional<Finding> gateway = atGateway(mesh, entry);
            return gateway.isPresent() || CorsReachable.hasCors(entry.route())
                    ? gateway.stream()
                    : GatewayConnection.of(mesh, entry).stream()
                            .flatMap(connection -> atWorkload(mesh, connection, entry).stream());
        });
    }

    private static Optional<Finding> atGateway(Mesh mesh, GatewayRoute entry) {
        if (!CorsReachable.hasCors(entry.route())) {
            return Optional.empty();
        }
        Call preflight = Call.to(entry.listener().port())
                .from(Attribute.absent())
                .with(GatewayConnection.preflight(entry.request("GET"), "GET"));
        AuthorizationVerdict verdict = mesh.authorizationPolicies().evaluate(entry.gateway(), preflight);
        if (asksOthers(verdict)) {
            return Optional.of(PREFLIGHT_REFUSED
                    .at(
                            place(verdict, entry.route().source()),
                            ("the gateway %s asks an external authorizer about CORS preflights for %s%s, which "
                                            + "carry no credentials")
                                    .formatted(
                                            entry.gateway(),
                                            entry.host().domain(),
                                            entry.request("GET").path()))
                    .remedy("Write notMethods [OPTIONS] in the operations of the CUSTOM policy.")
                    .as(Severity.INFO));
        }
        return verdict.isDenied()
                ? Optional.of(PREFLIGHT_REFUSED.at(
                        place(verdict, entry.route().source()),
                        ("the gateway %s refuses CORS preflights for %s%s with 403, because they carry no token: "
                                        + "browsers cannot call it")
                                .formatted(
                                        entry.gateway(),
                                        entry.host().domain(),
                                        entry.request("GET").path())))
                : Optional.empty();
    }

    private static boolean asksOthers(AuthorizationVerdict verdict) {
        return !verdict.isDenied()
                && verdict.decidedBy().stream()
                        .anyMatch(source -> source.manifest()
                                .text("/spec/action")
                                .filter("CUSTOM"::equals)
                                .isPresent());
    }

    /** Without a CORS policy of the gateway the application answers, if its proxy lets the preflight through. */
    private static Optional<Finding> atWorkload(Mesh mesh, GatewayConnection connection, GatewayRoute entry) {
        HttpRequest request = entry.request("GET");
        AuthorizationVerdict verdict = mesh.authorizationPolicies()
                .evaluate(connection.server(), connection.call(mesh, GatewayConnection.preflight(request, "GET")));
        return verdict.isDenied()
                ? admitted(mesh, connection, entry)
                        .map(method -> PREFLIGHT_REFUSED
                                .at(
                                        place(verdict, entry.route().source()),
                                        ("%s admits %s through the gateway on %s%s, but refuses the CORS preflight"
                                                        + " before it with 403: browsers of other origins cannot call it")
                                                .formatted(
                                                        connection.server(),
                                                        method,
                                                        entry.host().domain(),
                                                        request.path()))
                                .as(isForBrowsers(entry) ? Severity.WARNING : Severity.INFO))
                : Optional.empty();
    }

    /** Tells whether anything says that pages of other origins call the host; else perhaps none does. */
    private static boolean isForBrowsers(GatewayRoute entry) {
        return entry.host().routes().stream().anyMatch(other -> CorsReachable.hasCors(other.route()));
    }

    /** A method of which requests may get through, if they carry the right token. */
    private static Optional<String> admitted(Mesh mesh, GatewayConnection connection, GatewayRoute entry) {
        return METHODS.stream()
                .filter(method -> !mesh.authorizationPolicies()
                        .evaluate(
                                connection.server(),
                                connection.call(mesh, entry.request(method)).withToken(Attribute.unknown()))
                        .isDenied())
                .reduce((first, last) -> last);
    }

    private static Source place(AuthorizationVerdict verdict, Source otherwise) {
        return verdict.decidedBy().stream().findFirst().orElse(otherwise);
    }
}
