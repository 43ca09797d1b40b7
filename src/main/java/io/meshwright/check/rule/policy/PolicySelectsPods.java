package io.meshwright.check.rule.policy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Selector;
import java.util.List;
import java.util.stream.Stream;

/** A policy whose selector means no pod protects, configures and reports nothing. */
@AutoService(Inspection.class)
public final class PolicySelectsPods implements Check {
    public static final Rule POLICY_SELECTS_NO_POD = Rule.warning("MESH197", "policy_selects_no_pod")
            .title("The selector of a policy selects no pod")
            .twins("IST0127", "IST0101", "KIA0004")
            .consequence("The object acts on nothing.")
            .remedy("Use the labels of the pod template, in the pods' namespace.");

    private static final List<Kind> KINDS = List.of(
            Kind.AUTHORIZATION_POLICY,
            Kind.REQUEST_AUTHENTICATION,
            Kind.PEER_AUTHENTICATION,
            Kind.TELEMETRY,
            Kind.SIDECAR);

    @Override
    public List<Rule> rules() {
        return List.of(POLICY_SELECTS_NO_POD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return KINDS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(policy -> finding(mesh, completeness, policy));
    }

    private static Stream<Finding> finding(Mesh mesh, Completeness completeness, Manifest policy) {
        String pointer = policy.kind().equals(Kind.SIDECAR) ? "/spec/workloadSelector" : "/spec/selector";
        Selector selector = policy.kind().equals(Kind.SIDECAR)
                ? Selector.labels(policy.at(pointer).path("labels"))
                : Selector.of(policy.at(pointer));
        boolean everywhere = policy.home().equals(mesh.config().rootNamespace())
                && !policy.kind().equals(Kind.SIDECAR);
        boolean telling = everywhere
                ? !mesh.pods().all().isEmpty() && mesh.installation().isWritten() || completeness.isWhole(policy.home())
                : completeness.isWhole(policy.home());
        boolean any = everywhere
                ? !mesh.pods().selectedBy(selector).isEmpty()
                : !mesh.pods().selectedBy(policy.home(), selector).isEmpty();
        boolean targeted =
                policy.at("/spec").has("targetRef") || policy.at("/spec").has("targetRefs");
        // Who writes a namespace with a policy for all of it means the pods that others will put there.
        boolean wide = selector.isEmpty()
                && !everywhere
                && policy.kind().equals(Kind.AUTHORIZATION_POLICY)
                && mesh.namespaces().manifest(policy.home()).isEmpty();
        if (any || targeted || selector.isEmpty() && !wide) {
            return Stream.empty();
        }
        String where = everywhere ? "of the mesh" : "in namespace \"%s\"".formatted(policy.home());
        return Stream.of(Completeness.weighed(
                POLICY_SELECTS_NO_POD.at(
                        wide ? Source.of(policy) : Source.of(policy).at(pointer),
                        wide
                                ? "there is no pod %s, so the object acts on nothing".formatted(where)
                                : "no pod %s carries %s, so the object acts on nothing"
                                        .formatted(where, selector.labels())),
                telling));
    }
}
