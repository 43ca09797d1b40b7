package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A role that a binding gives to the account of a pod: by its name, or by a group in which every account is.
 *
 * @param role empty where no manifest has it, as those that every cluster brings
 * @param name of the role
 */
public record GrantedRole(Manifest binding, Optional<Manifest> role, String name) {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final Kind ROLE = new Kind(GROUP, "Role");
    private static final Kind CLUSTER_ROLE = new Kind(GROUP, "ClusterRole");
    private static final Kind CLUSTER_BINDING = new Kind(GROUP, "ClusterRoleBinding");
    private static final List<Kind> BINDINGS = List.of(new Kind(GROUP, "RoleBinding"), CLUSTER_BINDING);

    /** All that are given to a pod. */
    public static Stream<GrantedRole> of(Mesh mesh, Pod pod) {
        return BINDINGS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(binding -> binds(binding, pod))
                .map(binding -> of(mesh, binding));
    }

    private static GrantedRole of(Mesh mesh, Manifest binding) {
        String name = binding.at("/roleRef/name").asText();
        boolean ofCluster = binding.at("/roleRef/kind").asText().equals(CLUSTER_ROLE.name());
        return new GrantedRole(
                binding,
                ofCluster
                        ? mesh.manifests().find(CLUSTER_ROLE, name)
                        : mesh.manifests().find(ROLE, binding.home(), name),
                name);
    }

    /** True if the role is one of the cluster, which may stand outside of the manifests. */
    public boolean isOfCluster() {
        return binding.at("/roleRef/kind").asText().equals(CLUSTER_ROLE.name());
    }

    /** True if it holds in every namespace. */
    public boolean isEverywhere() {
        return binding.kind().equals(CLUSTER_BINDING);
    }

    /** The role, and those whose rules the control plane copies into it (kubernetes.io, aggregated roles). */
    public List<Manifest> roles(Mesh mesh) {
        List<Manifest> roles = new ArrayList<>();
        role.ifPresent(given -> {
            roles.addAll(gathered(mesh, given));
            roles.add(given);
        });
        return roles;
    }

    private static List<Manifest> gathered(Mesh mesh, Manifest role) {
        List<JsonNode> selectors = Fields.items(role.at("/aggregationRule/clusterRoleSelectors"));
        return mesh.manifests().kind(CLUSTER_ROLE).stream()
                .filter(other -> selectors.stream()
                        .anyMatch(selector -> Selector.of(selector).selects(other.labels())))
                .toList();
    }

    private static boolean binds(Manifest binding, Pod pod) {
        return Fields.items(binding.at("/subjects")).stream().anyMatch(subject -> {
            String name = subject.path("name").asText("");
            return switch (subject.path("kind").asText("")) {
                case "ServiceAccount" ->
                    name.equals(pod.serviceAccount())
                            && subject.path("namespace").asText(binding.home()).equals(pod.namespace());
                case "Group" ->
                    Set.of(
                                    "system:authenticated",
                                    "system:serviceaccounts",
                                    "system:serviceaccounts:%s".formatted(pod.namespace()))
                            .contains(name);
                case "User" ->
                    name.equals("system:serviceaccount:%s:%s".formatted(pod.namespace(), pod.serviceAccount()));
                default -> false;
            };
        });
    }
}
