package io.meshwright.check.rule.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whoever begins TLS verifies the server by authorities that somebody chose. */
@AutoService(Inspection.class)
public final class ServerVerified implements Check {
    public static final Rule SERVER_NOT_VERIFIED = Rule.warning("MESH180", "server_not_verified")
            .title("The certificate of a server is not verified")
            .twins("IST0128", "IST0129")
            .consequence("Anybody on the way can answer in the server's name.")
            .remedy("Remove insecureSkipVerify and name the authority in caCertificates or credentialName.");

    public static final Rule SERVER_VERIFIED_BY_SYSTEM = Rule.info("MESH181", "server_verified_by_system")
            .title("The certificate of a server is verified by public authorities")
            .twins("IST0128", "IST0129")
            .consequence("A server with a certificate of a private authority is refused.")
            .remedy("Name the authority in caCertificates where it is a private one.");

    private static final Set<String> ORIGINATION = Set.of("SIMPLE", "MUTUAL");

    @Override
    public List<Rule> rules() {
        return List.of(SERVER_NOT_VERIFIED, SERVER_VERIFIED_BY_SYSTEM);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> TrafficPolicies.of(rule).stream())
                .flatMap(policy -> finding(policy).stream());
    }

    private static Optional<Finding> finding(Source policy) {
        JsonNode tls = policy.value().path("tls");
        if (!ORIGINATION.contains(tls.path("mode").asText(""))) {
            return Optional.empty();
        }
        if (tls.path("insecureSkipVerify").asBoolean(false)) {
            return Optional.of(SERVER_NOT_VERIFIED.at(
                    policy.at("/tls"), "the server's certificate is not verified, so anybody on the way can answer"));
        }
        return tls.has("caCertificates") || tls.has("credentialName")
                ? Optional.empty()
                : Optional.of(SERVER_VERIFIED_BY_SYSTEM.at(
                        policy.at("/tls"),
                        "the server's certificate is verified by the authorities that the proxy's system trusts"));
    }
}
