package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A caller is known by its certificate, so a rule for callers fits only who comes with mutual TLS. */
@AutoService(Inspection.class)
public final class PrincipalsProven implements Check {
    public static final Rule PRINCIPAL_OVER_PLAINTEXT = Rule.error("MESH225", "principal_over_plaintext")
            .title("A rule asks who the caller is where callers prove nothing")
            .twins("KIA0105")
            .consequence("The rule fits nobody: an ALLOW policy denies, a DENY policy lets through.")
            .remedy("Turn mutual TLS on for the pods and inject the caller, or admit it by address.");

    private static final List<String> PLAIN = List.of("DISABLE", "SIMPLE", "MUTUAL");

    @Override
    public List<Rule> rules() {
        return List.of(PRINCIPAL_OVER_PLAINTEXT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        boolean mixed = isMixed(mesh);
        return mesh.authorizationPolicies().all().stream().flatMap(policy -> {
            List<AuthorizationValues.Value> identities = policy.rules().stream()
                    .flatMap(PrincipalsProven::identities)
                    .toList();
            List<Pod> servers = identities.isEmpty()
                    ? List.of()
                    : Attachment.pods(policy.manifest(), mesh.pods(), mesh.config()).stream()
                            .filter(pod -> pod.proxy().isSidecar())
                            .toList();
            boolean plain = !servers.isEmpty() && servers.stream().allMatch(pod -> speaksPlain(mesh, pod));
            return identities.stream()
                    .flatMap(
                            value -> (plain ? Optional.of(off(value)) : finding(mesh, servers, value, mixed)).stream());
        });
    }

    private static Stream<AuthorizationValues.Value> identities(AuthorizationRule rule) {
        return Stream.of(
                        AuthorizationValues.of(
                                rule.source(),
                                "from",
                                "source",
                                "principals",
                                "notPrincipals",
                                "namespaces",
                                "notNamespaces",
                                "serviceAccounts",
                                "notServiceAccounts",
                                "trustDomains",
                                "notTrustDomains"),
                        AuthorizationValues.when(rule.source(), "source.principal"),
                        AuthorizationValues.when(rule.source(), "source.namespace"))
                .flatMap(values -> values);
    }

    /** True if some callers with proxies may speak plain text although the servers take mutual TLS. */
    private static boolean isMixed(Mesh mesh) {
        return !mesh.config().autoMtls()
                || mesh.destinationRules().written().stream()
                        .anyMatch(rule -> TrafficPolicies.of(rule).stream()
                                .map(policy -> policy.value())
                                .anyMatch(policy ->
                                        PLAIN.contains(policy.at("/tls/mode").asText(""))));
    }

    private static Finding off(AuthorizationValues.Value value) {
        return PRINCIPAL_OVER_PLAINTEXT.at(
                value.source(),
                "mutual TLS is off for the pods of the policy, so no caller of theirs ever is \"%s\""
                        .formatted(value.text()));
    }

    private static Optional<Finding> finding(
            Mesh mesh, List<Pod> servers, AuthorizationValues.Value value, boolean mixed) {
        Optional<Finding> plain = mixed ? plain(mesh, servers, value) : Optional.empty();
        if (plain.isPresent()) {
            return plain;
        }
        List<Pod> callers = mesh.pods().withPrincipal(value.text());
        boolean unproven = !callers.isEmpty()
                && callers.stream().allMatch(pod -> pod.proxy().type() == Proxy.Type.NONE);
        return unproven
                ? Optional.of(PRINCIPAL_OVER_PLAINTEXT.at(
                        value.source(),
                        "%s has no proxy (%s), so it comes without a certificate and is not known as \"%s\""
                                .formatted(
                                        callers.get(0), callers.get(0).proxy().why(), value.text())))
                : Optional.empty();
    }

    /** Callers with proxies that a DestinationRule, or the want of one, keeps from showing their certificates. */
    private static Optional<Finding> plain(Mesh mesh, List<Pod> servers, AuthorizationValues.Value value) {
        List<TlsOutcome> outcomes = servers.stream()
                .flatMap(server -> outcomes(mesh, server, value.text()))
                .toList();
        boolean unproven = !outcomes.isEmpty()
                && outcomes.stream()
                        .allMatch(outcome -> outcome.knowsPrincipal().isNo() && !outcome.isBroken());
        return !unproven
                ? Optional.empty()
                : Optional.of(PRINCIPAL_OVER_PLAINTEXT.at(
                        value.source(),
                        "callers of the policy's pods speak no mutual TLS%s, so none of theirs ever is \"%s\""
                                .formatted(
                                        outcomes.stream()
                                                .flatMap(outcome -> outcome.decidedBy().stream())
                                                .map(Source::manifest)
                                                .filter(manifest ->
                                                        manifest.kind().equals(Kind.DESTINATION_RULE))
                                                .findFirst()
                                                .map(" (%s)"::formatted)
                                                .orElse(""),
                                        value.text())));
    }

    private static Stream<TlsOutcome> outcomes(Mesh mesh, Pod server, String principal) {
        List<Pod> named = mesh.pods().withPrincipal(principal).stream()
                .filter(pod -> pod.proxy().inMesh().isYes())
                .toList();
        List<Pod> callers = !named.isEmpty()
                ? named
                : mesh.namespaces().names().stream()
                        .flatMap(namespace -> mesh.pods().in(namespace).stream()
                                .filter(pod ->
                                        pod != server && pod.proxy().inMesh().isYes())
                                .limit(1))
                        .toList();
        return mesh.services().selecting(server).stream()
                .flatMap(service -> service.ports().stream()
                        .flatMap(port -> callers.stream()
                                .map(caller ->
                                        mesh.clientTls().outcome(caller, service, port, Optional.empty(), server))));
    }

    private static boolean speaksPlain(Mesh mesh, Pod pod) {
        int[] ports = IntStream.concat(
                        pod.ports().stream().mapToInt(port -> port.number()),
                        mesh.services().selecting(pod).stream()
                                .flatMap(service -> service.ports().stream())
                                .map(port -> port.on(pod))
                                .filter(OptionalInt::isPresent)
                                .mapToInt(OptionalInt::getAsInt))
                .toArray();
        return ports.length > 0
                && IntStream.of(ports)
                        .allMatch(
                                port -> mesh.peerAuthentications().of(pod, port).mode() == Mode.DISABLE);
    }
}
