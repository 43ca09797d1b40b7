package io.meshwright.check.rule.firewall;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPolicy.Direction;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * NetworkPolicies must let through the callers that an AuthorizationPolicy admits by name: one without the other is
 * half a way.
 */
@AutoService(Inspection.class)
public final class FirewallAgrees implements Check {
    public static final Rule CALLER_BLOCKED = Rule.warning("MESH231", "caller_blocked")
            .title("A NetworkPolicy blocks a caller that others let through")
            .consequence("Connections time out, and the caller's proxy answers 503 with flag UF.")
            .remedy(
                    "Admit the caller's pods on the port of the pod, in its policy and in theirs; or take it out everywhere.");

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    @Override
    public List<Rule> rules() {
        return List.of(CALLER_BLOCKED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream()
                .filter(policy -> policy.action() == Action.ALLOW)
                .flatMap(policy -> {
                    List<Pod> servers = servers(mesh, policy);
                    return servers.isEmpty()
                            ? Stream.empty()
                            : policy.rules().stream()
                                    .flatMap(rule -> AuthorizationValues.of(
                                                    rule.source(), "from", "source", "principals")
                                            .flatMap(value -> finding(mesh, rule, value, servers)));
                });
    }

    /** The policy's pods that a firewall isolates. */
    private static List<Pod> servers(Mesh mesh, AuthorizationPolicy policy) {
        return Attachment.pods(policy.manifest(), mesh.pods(), mesh.config()).stream()
                .filter(pod ->
                        !mesh.networkPolicies().of(pod, Direction.INGRESS).isEmpty())
                .toList();
    }

    private static Stream<Finding> finding(
            Mesh mesh, AuthorizationRule rule, AuthorizationValues.Value value, List<Pod> servers) {
        List<Pod> callers = mesh.pods().withPrincipal(value.text());
        boolean shut = !callers.isEmpty()
                && callers.stream()
                        .allMatch(caller -> servers.stream()
                                .allMatch(server -> caller != server
                                        && ports(mesh, rule, server).stream()
                                                .allMatch(port -> mesh.networkPolicies()
                                                        .between(caller, server, port)
                                                        .admitted()
                                                        .isNo())));
        return !shut
                ? Stream.empty()
                : Stream.of(CALLER_BLOCKED.at(
                        value.source(),
                        "the policy admits %s to %s, but %s lets it through to no port of the rule"
                                .formatted(
                                        callers.get(0),
                                        servers.get(0),
                                        mesh.networkPolicies()
                                                .of(servers.get(0), Direction.INGRESS)
                                                .get(0)
                                                .manifest())));
    }

    /** The ports that the rule names, else every port of the pod. */
    private static Set<Integer> ports(Mesh mesh, AuthorizationRule rule, Pod pod) {
        Set<Integer> ports = new TreeSet<>();
        AuthorizationValues.of(rule.source(), "to", "operation", "ports")
                .map(AuthorizationValues.Value::text)
                .filter(text -> PORT.matcher(text).matches())
                .forEach(text -> ports.add(Integer.parseInt(text)));
        if (ports.isEmpty()) {
            pod.ports().forEach(port -> ports.add(port.number()));
            mesh.services().selecting(pod).stream()
                    .flatMap(service -> service.ports().stream())
                    .forEach(port -> port.on(pod).ifPresent(ports::add));
        }
        return ports;
    }
}
