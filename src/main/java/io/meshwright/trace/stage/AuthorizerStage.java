package io.meshwright.trace.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks external authorizers, which are asked before everything else: what they say is not known, but that nobody can be
 * asked is (istio.io, MeshConfig, extensionProviders; core/authz builder).
 */
final class AuthorizerStage {
    private static final List<String> KINDS = List.of("envoyExtAuthzHttp", "envoyExtAuthzGrpc");

    private final Mesh mesh;

    AuthorizerStage(Mesh mesh) {
        this.mesh = mesh;
    }

    /**
     * The end if the mesh has no such authorizer or several are meant, which denies; what an authorizer says is a
     * doubt.
     */
    Optional<Verdict> ask(PathRecorder recorder, Pod pod, int port, Arrival arrival) {
        Call call = arrival.call(port);
        List<AuthorizationPolicy> contested = mesh.authorizationPolicies().contested(pod, mesh.version(pod));
        for (AuthorizationPolicy policy : mesh.authorizationPolicies().asking(pod, call)) {
            Optional<JsonNode> provider = mesh.config().provider(policy.provider());
            boolean lost = provider.isEmpty()
                    && !mesh.config().mayLack("/extensionProviders")
                    && mesh.config().source().isPresent()
                    && !mesh.installation().isOneOfSeveral();
            boolean sure = pod.proxy().inMesh().isYes()
                    && policy.rules().stream().anyMatch(rule -> rule.fits(call).isYes());
            if (sure && (lost || !contested.isEmpty())) {
                return Optional.of(refused(recorder, pod, policy, contested, arrival));
            }
            List<Source> decidedBy = new ArrayList<>();
            policy.rules().stream()
                    .filter(rule -> !rule.fits(call).isNo())
                    .forEach(rule -> decidedBy.add(rule.source()));
            decidedBy.add(name(policy));
            recorder.doubt(
                    "the external authorizer %s decides%s"
                            .formatted(
                                    policy.provider(),
                                    provider.map(AuthorizerStage::absence).orElse("")),
                    decidedBy);
        }
        return Optional.empty();
    }

    private static Verdict refused(
            PathRecorder recorder,
            Pod pod,
            AuthorizationPolicy policy,
            List<AuthorizationPolicy> contested,
            Arrival arrival) {
        Source named = name(policy);
        recorder.step(
                contested.isEmpty()
                        ? "authorization: the mesh has no extension provider \"%s\", so that nobody can agree"
                                .formatted(policy.provider())
                        : "authorization: policies name several providers, of which a proxy can ask one alone, so that"
                                + " nobody can agree",
                contested.isEmpty()
                        ? List.of(named)
                        : contested.stream().map(AuthorizerStage::name).toList());
        String why = contested.isEmpty()
                ? "no extension provider \"%s\" at %s".formatted(policy.provider(), pod)
                : "several extension providers at %s".formatted(pod);
        return arrival.opaque() ? new Closed("RBAC", why) : new Answered(403, "RBAC", why);
    }

    private static Source name(AuthorizationPolicy policy) {
        return Source.of(policy.manifest()).at("/spec/provider/name");
    }

    /** The end of requests about which it cannot be asked. */
    private static String absence(JsonNode provider) {
        return KINDS.stream()
                .map(provider::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .map(asked -> asked.path("failOpen").asBoolean(false)
                        ? " (while it cannot be asked, requests pass)"
                        : " (while it cannot be asked, %s)"
                                .formatted(asked.path("statusOnError").asText("403")))
                .orElse("");
    }
}
