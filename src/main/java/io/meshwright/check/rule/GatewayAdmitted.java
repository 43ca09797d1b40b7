package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationVerdict;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Behind a gateway the caller is the gateway: its identity and its pods must be admitted by whoever a route leads to.
 */
public final class GatewayAdmitted implements Check {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Hop.entries(mesh).stream()
                .flatMap(entry -> Hop.of(mesh, entry).stream()
                        .flatMap(hop -> Stream.of(tls(mesh, hop), authorization(mesh, hop, entry), network(mesh, hop))
                                .flatMap(Optional::stream)));
    }

    private static Optional<Finding> tls(Mesh mesh, Hop hop) {
        TlsOutcome outcome =
                mesh.clientTls().outcome(hop.gateway(), hop.service(), hop.port(), Optional.empty(), hop.server());
        boolean byRule = outcome.decidedBy().stream()
                .anyMatch(source -> source.manifest().kind().name().equals("DestinationRule"));
        return outcome instanceof TlsOutcome.Broken broken && !byRule
                ? Optional.of(Rule.TLS_DISAGREES.at(
                        hop.entry().source(),
                        "gateway %s calls %s on port %d in vain: %s"
                                .formatted(
                                        hop.gateway(),
                                        hop.service(),
                                        hop.port().number(),
                                        broken.failure().sentence())))
                : Optional.empty();
    }

    private static Optional<Finding> authorization(Mesh mesh, Hop hop, Hop.Entry entry) {
        List<Source> refusing = new ArrayList<>();
        for (String method : methods(hop)) {
            AuthorizationVerdict verdict = mesh.authorizationPolicies()
                    .evaluate(
                            hop.server(), hop.call(mesh, entry.request(method)).withToken(Attribute.unknown()));
            if (!verdict.isDenied()) {
                return Optional.empty();
            }
            refusing.addAll(verdict.decidedBy());
        }
        Source place = refusing.stream().findFirst().orElse(hop.entry().source());
        return Optional.of(Rule.GATEWAY_NOT_ALLOWED.at(
                place,
                "%s routes %s%s to %s, which admits no request of gateway %s (service account %s): clients get 403"
                        .formatted(
                                entry.route().owner(),
                                hop.host().domain(),
                                entry.request("GET").path(),
                                hop.server(),
                                hop.gateway(),
                                hop.gateway().serviceAccount())));
    }

    private static List<String> methods(Hop hop) {
        return hop.entry()
                .match()
                .map(HttpMatch::body)
                .map(body -> body.path("method").path("exact").asText(""))
                .filter(method -> !method.isEmpty())
                .map(List::of)
                .orElse(METHODS);
    }

    private static Optional<Finding> network(Mesh mesh, Hop hop) {
        return Firewalls.refusal(mesh, hop.gateway(), hop.service(), hop.port(), hop.server(), hop.target())
                .map(admission -> Rule.NETWORK_POLICY_BLOCKS_ROUTE.at(
                        admission.decidedBy().stream()
                                .findFirst()
                                .orElse(hop.entry().source()),
                        "a route leads from gateway %s to %s on port %d, but no rule admits the connection: %s"
                                .formatted(
                                        hop.gateway(),
                                        hop.server(),
                                        hop.target(),
                                        "clients wait and get 503 with flag UF")));
    }
}
