package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In a namespace that protects its workloads by policies, one that none of them selects is open to everybody. */
@AutoService(Inspection.class)
public final class WorkloadsCovered implements Check {
    public static final Rule WORKLOAD_WITHOUT_POLICY = Rule.info("MESH227", "workload_without_policy")
            .title("No AuthorizationPolicy acts on a workload beside protected ones")
            .twins("KIA1301")
            .consequence("Everybody in the cluster may call it.")
            .remedy("Add a policy for it, or one without a selector for the namespace.");

    @Override
    public List<Rule> rules() {
        return List.of(WORKLOAD_WITHOUT_POLICY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        // Policies of the root namespace are for the mesh as a whole.
        Set<String> protecting = mesh.authorizationPolicies().all().stream()
                .map(AuthorizationPolicy::manifest)
                .map(Manifest::home)
                .filter(home -> !home.equals(mesh.config().rootNamespace()))
                .collect(Collectors.toSet());
        return mesh.pods().all().stream()
                .filter(pod -> protecting.contains(pod.namespace()) && isCalled(mesh, pod))
                .filter(pod -> mesh.authorizationPolicies().of(pod).isEmpty())
                .map(pod -> WORKLOAD_WITHOUT_POLICY.at(
                        pod.source(),
                        "the namespace has AuthorizationPolicies, but none acts on these pods: everybody may"
                                + " call them"));
    }

    private static boolean isCalled(Mesh mesh, Pod pod) {
        return pod.proxy().isSidecar() && !mesh.services().selecting(pod).isEmpty();
    }
}
