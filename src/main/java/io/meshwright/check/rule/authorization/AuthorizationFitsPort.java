package io.meshwright.check.rule.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A rule names ports as the pod hears them, and asks for HTTP only where the port is read as HTTP. */
@AutoService(Inspection.class)
public final class AuthorizationFitsPort implements Check {
    public static final Rule PORT_OF_SERVICE_IN_POLICY = Rule.error("MESH216", "port_of_service_in_policy")
            .title("A rule names the Service's port")
            .consequence("The rule fits no call.")
            .remedy("Name the port on which the pod listens; at a gateway that is the one behind its Service's port.");

    public static final Rule HTTP_RULE_ON_TCP = Rule.error("MESH217", "http_rule_on_tcp")
            .title("A rule asks for HTTP on a port that is none")
            .consequence("A DENY rule denies every connection there, an ALLOW rule allows none.")
            .remedy("Restrict the rule to its HTTP ports by operation.ports.");

    @Override
    public List<Rule> rules() {
        return List.of(PORT_OF_SERVICE_IN_POLICY, HTTP_RULE_ON_TCP);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream().flatMap(policy -> {
            List<Pod> pods = Attachment.selector(policy.manifest()).isEmpty()
                    ? List.of()
                    : Attachment.pods(policy.manifest(), mesh.pods(), mesh.config());
            return policy.rules().stream()
                    .flatMap(rule -> Stream.of(
                                    ports(mesh, rule, pods),
                                    http(mesh, policy, rule, pods),
                                    everywhere(mesh, policy, rule),
                                    atGateways(mesh, policy, rule))
                            .flatMap(found -> found));
        });
    }

    private static Stream<Finding> ports(Mesh mesh, AuthorizationRule rule, List<Pod> pods) {
        return Stream.concat(
                        AuthorizationValues.of(rule.source(), "to", "operation", "ports", "notPorts"),
                        AuthorizationValues.when(rule.source(), "destination.port"))
                .flatMap(value -> pods.stream()
                        .filter(pod -> !listens(mesh, pod, value.text()))
                        .flatMap(pod -> mesh.services().selecting(pod).stream())
                        .flatMap(service -> service.ports().stream())
                        .filter(port -> Integer.toString(port.number()).equals(value.text()))
                        .limit(1)
                        .map(port -> PORT_OF_SERVICE_IN_POLICY.at(
                                value.source(),
                                "%s is the Service's port, but the proxy compares the pod's (%s): the rule fits no call"
                                        .formatted(value.text(), target(port)))));
    }

    private static String target(ServicePort port) {
        return port.target().isEmpty() ? Integer.toString(port.number()) : port.target();
    }

    private static boolean listens(Mesh mesh, Pod pod, String port) {
        Set<String> heard = new TreeSet<>();
        pod.ports().forEach(declared -> heard.add(Integer.toString(declared.number())));
        mesh.services().selecting(pod).stream()
                .flatMap(service -> service.ports().stream())
                .map(known -> known.on(pod))
                .filter(OptionalInt::isPresent)
                .forEach(target -> heard.add(Integer.toString(target.getAsInt())));
        if (pod.proxy().isGateway()) {
            mesh.gateways().listeners(pod).forEach(listener -> heard.add(Integer.toString(listener.port())));
        }
        return heard.contains(port);
    }

    /**
     * Rules for all ports of a pod, of which one is no HTTP: an ALLOW rule is dropped there, a DENY rule denies
     * everything.
     */
    private static Stream<Finding> http(Mesh mesh, AuthorizationPolicy policy, AuthorizationRule rule, List<Pod> pods) {
        if (!rule.needsHttp() || policy.action() != Action.DENY && policy.action() != Action.ALLOW) {
            return Stream.empty();
        }
        boolean restricted = isForPorts(rule);
        Set<String> named = restricted ? portsOfHttp(rule.source()) : Set.of();
        boolean every = !restricted && (policy.action() == Action.DENY || onlyThese(mesh, pods));
        return pods.stream()
                .filter(pod -> !pod.proxy().isGateway() && !pod.proxy().isZtunnel())
                .flatMap(pod -> mesh.services().selecting(pod).stream()
                        .flatMap(service -> service.ports().stream())
                        .filter(port -> !port.takesDatagrams())
                        .filter(port -> every
                                || port.on(pod).isPresent()
                                        && named.contains(
                                                Integer.toString(port.on(pod).getAsInt())))
                        .filter(port -> isReadAsBytes(mesh, pod, port)))
                .limit(1)
                .map(port -> HTTP_RULE_ON_TCP.at(
                        rule.source(),
                        "port %d is no HTTP, so there the rule %s"
                                .formatted(
                                        port.number(),
                                        policy.action() == Action.DENY
                                                ? "loses what it asks of HTTP and denies every connection"
                                                : "is dropped and allows no connection")));
    }

    private static boolean isReadAsBytes(Mesh mesh, Pod pod, ServicePort port) {
        return !mesh.inboundPorts().protocol(pod, port).orElse(port.protocol()).mayBeHttp();
    }

    /**
     * A DENY policy for all of a namespace meets its ports of TCP too; whoever wrote it may not have thought of them.
     */
    private static Stream<Finding> everywhere(Mesh mesh, AuthorizationPolicy policy, AuthorizationRule rule) {
        boolean all = Attachment.selector(policy.manifest()).isEmpty()
                && policy.action() == Action.DENY
                && !policy.isDryRun()
                && !policy.manifest().at("/spec").has("targetRefs")
                && !policy.manifest().at("/spec").has("targetRef");
        return all
                ? http(
                                mesh,
                                policy,
                                rule,
                                Attachment.pods(policy.manifest(), mesh.pods(), mesh.config()).stream()
                                        .filter(pod -> pod.proxy().isSidecar())
                                        .toList())
                        .map(finding -> finding.as(Severity.WARNING))
                : Stream.empty();
    }

    private static boolean isForPorts(AuthorizationRule rule) {
        return Stream.concat(
                        AuthorizationValues.of(rule.source(), "to", "operation", "ports"),
                        AuthorizationValues.when(rule.source(), "destination.port"))
                .findAny()
                .isPresent();
    }

    /** The same of a gateway's ports that carry bytes, or TLS that it does not end. */
    private static Stream<Finding> atGateways(Mesh mesh, AuthorizationPolicy policy, AuthorizationRule rule) {
        return !rule.needsHttp() || isForPorts(rule) || policy.action() != Action.DENY || policy.isDryRun()
                ? Stream.empty()
                : Attachment.pods(policy.manifest(), mesh.pods(), mesh.config()).stream()
                        .filter(pod -> pod.proxy().isGateway())
                        .flatMap(pod -> mesh.gateways().listeners(pod).stream())
                        .flatMap(listener -> listener.servers().stream())
                        .filter(server -> !server.isHttp())
                        .limit(1)
                        .map(server -> HTTP_RULE_ON_TCP.at(
                                rule.source(),
                                ("port %d of %s is no HTTP, so there the rule loses what it asks of HTTP and denies"
                                                + " every connection that the rest of it fits")
                                        .formatted(
                                                server.port(), server.source().manifest())));
    }

    /** The ports of the operations that ask for HTTP as well. */
    private static Set<String> portsOfHttp(Source rule) {
        Set<String> ports = new TreeSet<>();
        for (int index = 0; index < rule.value().path("to").size(); index++) {
            JsonNode operation = rule.item("to", index).at("/operation").value();
            if (AuthorizationRule.OPERATION_OF_HTTP.stream().anyMatch(operation::has)) {
                ports.addAll(Fields.texts(operation.path("ports")));
            }
        }
        return ports;
    }

    private static boolean onlyThese(Mesh mesh, List<Pod> pods) {
        return pods.stream()
                .flatMap(pod -> mesh.services().selecting(pod).stream())
                .flatMap(service -> service.ports().stream())
                .noneMatch(port -> port.protocol().mayBeHttp());
    }
}
