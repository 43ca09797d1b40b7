package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
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
public final class PreflightAdmitted implements Check {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Hop.entries(mesh).stream().flatMap(entry -> {
            Optional<Finding> gateway = atGateway(mesh, entry);
            return gateway.isPresent() || CorsReachable.hasCors(entry.route())
                    ? gateway.stream()
                    : Hop.of(mesh, entry).stream().flatMap(hop -> atWorkload(mesh, hop, entry).stream());
        });
    }

    private static Optional<Finding> atGateway(Mesh mesh, Hop.Entry entry) {
        if (!CorsReachable.hasCors(entry.route())) {
            return Optional.empty();
        }
        Call preflight = Call.to(entry.listener().port())
                .from(Attribute.absent())
                .with(Hop.preflight(entry.request("GET"), "GET"));
        AuthorizationVerdict verdict = mesh.authorizationPolicies().evaluate(entry.gateway(), preflight);
        if (asksOthers(verdict)) {
            return Optional.of(Rule.PREFLIGHT_REFUSED
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
                ? Optional.of(Rule.PREFLIGHT_REFUSED.at(
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

    /** Where the gateway has no CORS policy the application answers, if its proxy lets the preflight through. */
    private static Optional<Finding> atWorkload(Mesh mesh, Hop hop, Hop.Entry entry) {
        HttpRequest request = entry.request("GET");
        AuthorizationVerdict verdict =
                mesh.authorizationPolicies().evaluate(hop.server(), hop.call(mesh, Hop.preflight(request, "GET")));
        return verdict.isDenied()
                ? admitted(mesh, hop, entry)
                        .map(method -> Rule.PREFLIGHT_REFUSED
                                .at(
                                        place(verdict, entry.route().source()),
                                        ("%s admits %s through the gateway on %s%s, but refuses the CORS "
                                                        + "preflight before it with 403: browsers of other origins cannot call it")
                                                .formatted(
                                                        hop.server(),
                                                        method,
                                                        entry.host().domain(),
                                                        request.path()))
                                .as(Severity.WARNING))
                : Optional.empty();
    }

    /** A method of which requests may get through, if they carry the right token. */
    private static Optional<String> admitted(Mesh mesh, Hop hop, Hop.Entry entry) {
        return METHODS.stream()
                .filter(method -> !mesh.authorizationPolicies()
                        .evaluate(
                                hop.server(),
                                hop.call(mesh, entry.request(method)).withToken(Attribute.unknown()))
                        .isDenied())
                .reduce((first, last) -> last);
    }

    private static Source place(AuthorizationVerdict verdict, Source otherwise) {
        return verdict.decidedBy().stream().findFirst().orElse(otherwise);
    }
}
