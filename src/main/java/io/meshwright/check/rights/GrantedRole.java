package io.meshwright.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A role that a binding gives to an account: by its name, or by a group in which every account is.
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

    /** Those that every cluster brings and that gather others by a label (kubernetes.io, RBAC, user-facing roles). */
    private static final Set<String> GATHERING = Set.of("view", "edit", "admin");

    /** All that are given to an account. */
    public static Stream<GrantedRole> of(Mesh mesh, Account account) {
        return BINDINGS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(binding -> Fields.items(binding.at("/subjects")).stream()
                        .anyMatch(subject -> account.isMeantBy(subject, binding.home())))
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

    /**
     * The roles whose rules it gives, in the order of the manifests: itself, or those from which the control plane
     * copies, which overwrites what a role that gathers others has written itself (kubernetes.io, aggregated roles).
     */
    public Set<Manifest> roles(Mesh mesh) {
        Set<Manifest> roles = new LinkedHashSet<>();
        if (role.isPresent()) {
            add(mesh, role.get(), roles, new LinkedHashSet<>());
        } else if (isOfCluster() && GATHERING.contains(name)) {
            String label = "%s/aggregate-to-%s".formatted(GROUP, name);
            gathered(mesh, other -> "true".equals(other.labels().get(label)))
                    .forEach(other -> add(mesh, other, roles, new LinkedHashSet<>()));
        }
        return roles;
    }

    private static void add(Mesh mesh, Manifest role, Set<Manifest> roles, Set<Manifest> seen) {
        List<JsonNode> selectors = Fields.items(role.at("/aggregationRule/clusterRoleSelectors"));
        if (selectors.isEmpty()) {
            roles.add(role);
        } else if (seen.add(role)) {
            gathered(
                            mesh,
                            other -> selectors.stream()
                                    .anyMatch(selector -> Selector.of(selector).selects(other.labels())))
                    .forEach(other -> add(mesh, other, roles, seen));
        }
    }

    private static Stream<Manifest> gathered(Mesh mesh, Predicate<Manifest> chosen) {
        return mesh.manifests().kind(CLUSTER_ROLE).stream().filter(chosen);
    }
}
