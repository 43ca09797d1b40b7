package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.check.evidence.Firewalls;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.check.rule.firewall.FirewallAgrees;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationVerdict;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A pod that others' settings tell them to call must admit them, by its AuthorizationPolicies and by its firewall. */
@AutoService(Inspection.class)
public final class CallersAdmitted implements Check {
    public static final Rule CALLER_NOT_ALLOWED = Rule.warning("MESH230", "caller_not_allowed")
            .title("A pod calls a workload that does not admit it")
            .consequence("The call gets 403: RBAC: access denied; a connection that is no HTTP is closed.")
            .remedy("Allow the principal of the caller's service account, or take the address out of its settings.");

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    /** A call that a pod's settings name, and one of the pods that take it. */
    private record Reached(WrittenCall call, Service service, ServicePort port, Pod server, int target) {}

    @Override
    public List<Rule> rules() {
        return List.of(CALLER_NOT_ALLOWED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .flatMap(pod -> WrittenCall.of(pod).stream())
                .flatMap(call -> reached(mesh, call).limit(1))
                .flatMap(reached -> Stream.of(refused(mesh, reached), blocked(mesh, reached))
                        .flatMap(Optional::stream));
    }

    private static Stream<Reached> reached(Mesh mesh, WrittenCall call) {
        String[] parts = call.host().split("\\.");
        boolean local = parts.length < 3
                || call.host().endsWith(".svc")
                || call.host().endsWith(mesh.config().domain());
        return !local
                ? Stream.empty()
                : mesh
                        .services()
                        .kubernetes(parts.length > 1 ? parts[1] : call.caller().namespace(), parts[0])
                        .stream()
                        .flatMap(service -> service.port(call.port()).stream()
                                .flatMap(port -> mesh.services().pods(service).stream()
                                        .filter(server -> server != call.caller())
                                        .filter(server ->
                                                !mesh.waypoints().mayStandBetween(call.caller(), service, server))
                                        .flatMap(server -> port.on(server).stream()
                                                .mapToObj(
                                                        target -> new Reached(call, service, port, server, target)))));
    }

    private static Optional<Finding> blocked(Mesh mesh, Reached way) {
        Pod caller = way.call().caller();
        return Firewalls.refusal(mesh, caller, way.service(), way.port(), way.server(), way.target())
                .map(admission -> FirewallAgrees.CALLER_BLOCKED.at(
                        way.call().source(),
                        "%s calls %s on port %d, but %s lets no connection to port %d of %s through"
                                .formatted(
                                        caller,
                                        way.service(),
                                        way.port().number(),
                                        admission.decidedBy().get(0).manifest(),
                                        way.target(),
                                        way.server())));
    }

    private static Optional<Finding> refused(Mesh mesh, Reached way) {
        List<AuthorizationPolicy> policies = mesh.authorizationPolicies().of(way.server());
        Optional<Attribute> caller = caller(mesh, way);
        if (caller.isEmpty() || policies.isEmpty() || policies.stream().anyMatch(CallersAdmitted::asksForMore)) {
            return Optional.empty();
        }
        List<AuthorizationVerdict> verdicts = calls(way, policies, caller.get())
                .map(call -> mesh.authorizationPolicies().evaluate(way.server(), call))
                .toList();
        return !verdicts.stream().allMatch(AuthorizationVerdict::isDenied)
                ? Optional.empty()
                : verdicts.get(0).decidedBy().stream()
                        .findFirst()
                        .map(place -> CALLER_NOT_ALLOWED.at(
                                way.call().source(),
                                "%s calls %s on port %d, but %s admits no request of it (service account %s)"
                                        .formatted(
                                                way.call().caller(),
                                                way.service(),
                                                way.port().number(),
                                                place.manifest(),
                                                way.call().caller().serviceAccount())));
    }

    /** Returns the caller that the server sees; empty where nobody can tell. */
    private static Optional<Attribute> caller(Mesh mesh, Reached way) {
        Pod caller = way.call().caller();
        Truth inMesh = caller.proxy().inMesh();
        if (inMesh.isNo()) {
            return Optional.of(Attribute.absent());
        }
        Truth known = inMesh.isYes()
                ? mesh.clientTls()
                        .outcome(caller, way.service(), way.port(), Optional.empty(), way.server())
                        .knowsPrincipal()
                : Truth.UNKNOWN;
        return known.isYes()
                ? Optional.of(Attribute.known(mesh.config()
                        .principals(caller.namespace(), caller.serviceAccount())
                        .get(0)))
                : known.isNo() ? Optional.of(Attribute.absent()) : Optional.empty();
    }

    /** True if a policy asks for headers or hosts, of which a setting tells nothing. */
    private static boolean asksForMore(AuthorizationPolicy policy) {
        return policy.action() != Action.DENY
                && Stream.concat(
                                policy.rules().stream()
                                        .flatMap(rule -> AuthorizationValues.of(
                                                        rule.source(), "to", "operation", "hosts", "notHosts")
                                                .map(AuthorizationValues.Value::text)),
                                policy.rules().stream()
                                        .flatMap(rule -> Fields.items(rule.source()
                                                        .manifest()
                                                        .at(rule.source().pointer())
                                                        .path("when"))
                                                .stream())
                                        .map(when -> when.path("key").asText(""))
                                        .filter(key -> key.startsWith("request.")))
                        .findAny()
                        .isPresent();
    }

    /** A call by each method to each path that a policy names, and to one that none does. */
    private static Stream<Call> calls(Reached way, List<AuthorizationPolicy> policies, Attribute caller) {
        Call plain = Call.to(way.target()).from(caller).withToken(Attribute.unknown());
        if (!way.port().protocol().mayBeHttp()) {
            return Stream.of(plain);
        }
        List<String> paths = new ArrayList<>(new TreeSet<>(policies.stream()
                .flatMap(policy -> policy.rules().stream())
                .flatMap(rule -> AuthorizationValues.of(rule.source(), "to", "operation", "paths"))
                .map(value -> value.text().replaceAll("\\{\\*+}|\\*", "x"))
                .filter(path -> path.startsWith("/"))
                .toList()));
        paths.add("/");
        return paths.stream()
                .flatMap(path -> METHODS.stream()
                        .map(method -> plain.with(
                                HttpRequest.of(method, "http", way.service().host(), path))));
    }
}
