package io.meshwright.stack.assistant;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Party;
import java.util.Collection;
import java.util.List;
import software.constructs.Construct;

/** Roles of one account and their bindings. */
final class Rights {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String ROLE = "Role";
    private static final String CLUSTER_ROLE = "ClusterRole";

    private final Construct scope;
    private final Party party;
    // Names of the whole cluster: a second one of another environment must not take these rights away.
    private final String name;

    Rights(Construct scope, Party party) {
        this.scope = scope;
        this.party = party;
        this.name = "%s-%s".formatted(party.namespace(), party.name());
    }

    /** Kinds that have no namespace. */
    void ofCluster(List<PolicyRule> rules) {
        String role = "%s-cluster".formatted(name);
        clusterRole("cluster", role, rules);
        KubernetesObject.of(
                scope,
                "cluster-binding",
                new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .withNewRoleRef(GROUP, CLUSTER_ROLE, role)
                        .withSubjects(account())
                        .build());
    }

    /** Kinds of these namespaces, and of no other. */
    void ofNamespaces(List<PolicyRule> rules, Collection<Name> namespaces) {
        clusterRole("namespaces", name, rules);
        namespaces.forEach(namespace ->
                bind("binding-%s".formatted(namespace), namespace, party.name().toString(), CLUSTER_ROLE, name));
    }

    /** ConfigMaps of one namespace, by their names: get alone heeds names. */
    void ofConfigMaps(Name namespace, List<ObjectName> names) {
        String role = "%s-configmaps".formatted(party.name());
        KubernetesObject.of(
                scope,
                "configmaps-%s".formatted(namespace),
                new RoleBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("")
                                .withResources("configmaps")
                                .withResourceNames(
                                        names.stream().map(ObjectName::toString).toList())
                                .withVerbs("get")
                                .build())
                        .build());
        bind("configmaps-binding-%s".formatted(namespace), namespace, role, ROLE, role);
    }

    private void clusterRole(String id, String role, List<PolicyRule> rules) {
        KubernetesObject.of(
                scope,
                id,
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .withRules(rules)
                        .build());
    }

    private void bind(String id, Name namespace, String binding, String kind, String role) {
        KubernetesObject.of(
                scope,
                id,
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(binding)
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withNewRoleRef(GROUP, kind, role)
                        .withSubjects(account())
                        .build());
    }

    private Subject account() {
        return new SubjectBuilder()
                .withKind("ServiceAccount")
                .withName(party.name().toString())
                .withNamespace(party.namespace().toString())
                .build();
    }
}
