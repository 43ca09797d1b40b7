package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.policy.ZtunnelRule.Loss;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy for pods behind a ztunnel asks for nothing that only a proxy can see which reads HTTP. */
@AutoService(Inspection.class)
public final class PolicyWithinZtunnel implements Check {
    public static final Rule HTTP_ASKED_OF_ZTUNNEL = Rule.error("MESH321", "http_asked_of_ztunnel")
            .title("A policy asks a ztunnel for what only HTTP has")
            .twins("KIA0109", "KIA1317")
            .consequence(
                    "A ztunnel reads no HTTP: it leaves such an ALLOW rule out, so that less is admitted, and takes"
                            + " out of a DENY rule what it cannot see, so that more is denied, or nothing.")
            .remedy("Attach the policy to a waypoint by targetRefs, or ask for identities, addresses and ports alone.");

    public static final Rule POLICY_NO_ZTUNNEL_KNOWS = Rule.error("MESH322", "policy_no_ztunnel_knows")
            .title("A policy is for pods behind a ztunnel, which does not know its kind")
            .twins("KIA1110")
            .consequence(
                    "It does nothing: a ztunnel verifies no tokens, asks no external authorizer and audits nothing.")
            .remedy("Attach it to a waypoint by targetRefs.");

    @Override
    public List<Rule> rules() {
        return List.of(HTTP_ASKED_OF_ZTUNNEL, POLICY_NO_ZTUNNEL_KNOWS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.authorizationPolicies().all().stream()
                        .filter(policy -> !policy.isDryRun())
                        .flatMap(policy -> authorization(mesh, policy)),
                mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                        .flatMap(policy -> unknown(mesh, policy, "verifies no token", Severity.ERROR)));
    }

    private static Stream<Finding> authorization(Mesh mesh, AuthorizationPolicy policy) {
        return switch (policy.action()) {
            case CUSTOM -> unknown(mesh, policy.manifest(), "asks no external authorizer", Severity.ERROR);
            case AUDIT -> unknown(mesh, policy.manifest(), "audits nothing", Severity.WARNING);
            default -> {
                List<Pod> pods = pods(mesh, policy.manifest());
                yield pods.stream()
                        .filter(pod -> pod.proxy().isZtunnel())
                        .limit(1)
                        .flatMap(pod -> policy.rules().stream().flatMap(rule -> asked(policy, rule, pods, pod)));
            }
        };
    }

    private static Stream<Finding> asked(AuthorizationPolicy policy, AuthorizationRule rule, List<Pod> pods, Pod pod) {
        // A rule for proxies that read HTTP as well loses nothing there.
        boolean elsewhere = pods.stream().anyMatch(other -> !other.proxy().isZtunnel());
        boolean harmless =
                elsewhere && policy.action() == Action.DENY && rule.atZtunnel().loss() != Loss.WIDER;
        return effect(policy, rule)
                .map(effect -> HTTP_ASKED_OF_ZTUNNEL.at(
                        rule.source(), "before %s stands a ztunnel, which reads no HTTP, so %s".formatted(pod, effect)))
                .map(finding -> harmless ? finding.as(Severity.INFO) : finding)
                .stream();
    }

    private static Optional<String> effect(AuthorizationPolicy policy, AuthorizationRule rule) {
        if (!rule.atZtunnel().loses()) {
            return Optional.empty();
        }
        boolean allows = policy.action() == Action.ALLOW;
        return switch (rule.atZtunnel().loss()) {
            case NOTHING -> Optional.empty();
            case WHOLE ->
                Optional.of(
                        allows
                                ? isLost(policy)
                                        ? "the rule is left out and the policy admits nobody"
                                        : "the rule is left out and admits nobody"
                                : isLost(policy) ? "the policy denies nobody" : "the rule denies nobody");
            case WIDER -> Optional.of("the rule denies more than it says");
            case NARROWER -> Optional.of("the rule denies less than it says");
        };
    }

    private static boolean isLost(AuthorizationPolicy policy) {
        return policy.rules().stream().allMatch(rule -> rule.atZtunnel().loss() == Loss.WHOLE);
    }

    private static Stream<Finding> unknown(Mesh mesh, Manifest policy, String lack, Severity severity) {
        List<Pod> pods = pods(mesh, policy);
        return pods.stream().allMatch(pod -> pod.proxy().isZtunnel())
                ? pods.stream()
                        .limit(1)
                        .map(pod -> POLICY_NO_ZTUNNEL_KNOWS
                                .at(policy, "before %s stands a ztunnel, which %s".formatted(pod, lack))
                                .as(severity))
                : Stream.empty();
    }

    private static List<Pod> pods(Mesh mesh, Manifest policy) {
        return Attachment.pods(policy, mesh.pods(), mesh.config()).stream()
                .filter(pod -> !pod.proxy().inMesh().isNo())
                .toList();
    }
}
