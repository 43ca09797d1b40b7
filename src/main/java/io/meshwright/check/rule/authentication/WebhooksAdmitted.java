package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.ApiServerCall;
import io.meshwright.mesh.policy.AuthorizationVerdict;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The API server has no certificate of the mesh: a proxy before a webhook or an API must take it without one. */
@AutoService(Inspection.class)
public final class WebhooksAdmitted implements Check {
    public static final Rule WEBHOOK_CUT_OFF = Rule.error("MESH383", "webhook_cut_off")
            .title("The API server calls a webhook or an API through a proxy that demands an identity")
            .consequence(
                    "The connection is closed: objects are refused where failurePolicy is Fail, else not looked at.")
            .remedy("Make the container's port PERMISSIVE by portLevelMtls, allow it in the policy by ports alone, or"
                    + " leave it out of capture.");

    @Override
    public List<Rule> rules() {
        return List.of(WEBHOOK_CUT_OFF);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return ApiServerCall.all(mesh.manifests()).stream()
                .flatMap(call -> mesh.services().kubernetes(call.namespace(), call.service()).stream()
                        .flatMap(service -> service.port(call.port()).stream()
                                .flatMap(port -> mesh.services().pods(service).stream()
                                        .flatMap(pod -> finding(mesh, call, service, port, pod).stream())))
                        .limit(1));
    }

    private static Optional<Finding> finding(
            Mesh mesh, ApiServerCall call, Service service, ServicePort port, Pod pod) {
        return CalledPort.of(mesh, service, port, pod)
                .flatMap(called -> obstacle(mesh, called, pod, port.on(pod).getAsInt()))
                .map(obstacle -> WEBHOOK_CUT_OFF.at(
                        call.source(),
                        "the API server calls %s on port %d without a certificate of the mesh, and %s"
                                .formatted(service, port.number(), obstacle)))
                .map(finding -> pod.proxy().isZtunnel() ? onOtherNodes(finding) : finding);
    }

    private static Optional<String> obstacle(Mesh mesh, CalledPort called, Pod pod, int target) {
        if (called.decision().mode() == Mode.STRICT) {
            return Optional.of(
                    "port %d of %s takes mutual TLS only, as %s says".formatted(target, pod, called.decider()));
        }
        AuthorizationVerdict verdict =
                mesh.authorizationPolicies().evaluate(pod, Call.to(target).from(Attribute.absent()));
        return verdict.isDenied()
                ? verdict.decidedBy().stream()
                        .findFirst()
                        .map(place -> "%s admits nobody without one to port %d of %s"
                                .formatted(place.manifest(), target, pod))
                : Optional.empty();
    }

    /** A node's own connections reach its pods past the ztunnel, as the kubelet's probes do. */
    private static Finding onOtherNodes(Finding finding) {
        return finding.as(Severity.WARNING)
                .saying("%s (it passes from the pod's own node alone)".formatted(finding.message()));
    }
}
